# Lesson 00: right answers, wrong ones with their hints, and a second hint for each exercise. See CONTRIBUTING.md.


exercise("double", "Twice x is x + x, for every number of x by itself.",
         more="""
    Tripling first. Three times 5 is 5 + 5 + 5 = 15; three times −2 is −6, and the sign stays. The cube of 5 is
    another thing: 5 · 5 · 5 = 125.

    A list is not a row of numbers to Python: `3 * [1, 2]` repeats the list and gives `[1, 2, 1, 2, 1, 2]`. An array
    is:

        np.asarray([1, 2]) + 10

    gives `array([11, 12])`: each entry by itself, with fractions kept. So turn what came in into an array, and then
    calculate as with one number.
    """)


@right
def double(x):
    x = np.array(x)
    return x + x


@right
def double(x):
    out = np.array(x, dtype=float)
    out *= 2
    return out


@right
def double(x):
    if isinstance(x, (int, float)):
        return x * 2
    return np.multiply(x, 2)


@right
def double(x):
    return np.asarray(x, np.float32) * 2


@wrong("That is x times x, the square. Twice x is x + x.")
def double(x):
    return x ** 2


@wrong("That is x + 2. Twice x is x + x.")
def double(x):
    return x + 2


@wrong("A list times 2 repeats it. Turn it into an array first: np.asarray(x).")
def double(x):
    return np.array(x * 2) if isinstance(x, list) else x * 2


@wrong("The sign is lost: twice a negative number is negative.")
def double(x):
    return 2 * np.abs(x)


@wrong("Fractions are cut off: leave out int().")
def double(x):
    return np.asarray(2 * np.asarray(x)).astype(int)


@wrong("That is half of x.")
def double(x):
    return np.asarray(x) / 2


@wrong("A list times 2 repeats it. Turn it into an array first: np.asarray(x).")
def double(x):
    return np.array(2 * list(x))


@wrong("A sum came back: double every number, and keep the shape.")
def double(x):
    return 2 * np.sum(x)


@wrong("x came back as it was.")
def double(x):
    return np.asarray(x)


@wrong("A list times 2 repeats it. Turn it into an array first: np.asarray(x).")
def double(x):
    return x * 2


@wrong("That is four times x: it was doubled twice.")
def double(x):
    return 4 * np.asarray(x)


@wrong("That is 2 to the power of x. Twice x is x + x.")
def double(x):
    return np.power(2.0, x)


@wrong("That is three times x. Twice x is x + x.")
def double(x):
    return 3 * np.asarray(x)
