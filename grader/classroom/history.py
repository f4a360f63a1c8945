"""What came of the submissions that a later one replaced: what their hints led to can be told by these."""

import sqlalchemy

TABLE = """CREATE TABLE IF NOT EXISTS crease_earlier (number INTEGER PRIMARY KEY AUTOINCREMENT, student TEXT,
           lesson TEXT, result TEXT)"""
NOW = "SELECT digest, result FROM crease_result WHERE student = :student AND lesson = :lesson"
KEEP = "INSERT INTO crease_earlier (student, lesson, result) VALUES (:student, :lesson, :result)"


def keep(db, student, lesson, digest):
    """Before the result of another paper takes its place: keep the one that is there."""
    key = {"student": student, "lesson": lesson}
    held = db.execute(sqlalchemy.text(NOW), key).first()
    if held and held[0] and digest and held[0].partition(".")[0] != digest.partition(".")[0]:
        db.execute(sqlalchemy.text(KEEP), {**key, "result": held[1]})


def earlier(book, read):
    """{(student, lesson): [`Result` of each replaced submission, the oldest first]}; read: text -> `Result`."""
    found = {}
    for student, lesson, text in book.db.execute(sqlalchemy.text(
            "SELECT student, lesson, result FROM crease_earlier ORDER BY number")):
        result = read(text)
        if result.handed_in:
            found.setdefault((student, lesson), []).append(result)
    return found
