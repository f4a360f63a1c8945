# Lesson NUMBER: right answers, wrong ones with their hints, and a second hint for each exercise. See CONTRIBUTING.md.


exercise("spread", "The largest number less the smallest, whatever lies between the two.",
         more="""
    A day's weather. The warmest hour has 21 degrees, the coldest −4. From −4 up to 0 it is 4 degrees, from 0 up to 21
    it is 21 more, which makes 25 in all. No hour between them changes that.

    NumPy finds both ends of an array, whatever its shape is:

        hours = np.array([[21.0, 3.0], [-4.0, 0.0]])
        ends = np.max(hours), np.min(hours)

    gives 21 and −4.
    """)


@right
def spread(x):
    return np.ptp(np.array(x, dtype=float))


@right
def spread(x):
    ordered = np.sort(np.ravel(x))
    return ordered[-1] - ordered[0]


@right
def spread(x):
    numbers = [float(v) for v in np.ravel(x)]
    return max(numbers) - min(numbers)


@wrong("The sign is turned round: take the smallest away from the largest.")
def spread(x):
    return np.min(x) - np.max(x)


@wrong("That is the largest number. The smallest is still to be taken away.")
def spread(x):
    return np.max(x)


@wrong("That is the smallest number. The largest comes first.")
def spread(x):
    return np.min(x)


@wrong("Signs are lost: a number below zero lies below zero, however large it is.")
def spread(x):
    return np.ptp(np.abs(x))


@wrong("That is the mean of the numbers. How far apart are the two ends?")
def spread(x):
    return np.mean(x)


@wrong("Fractions are cut off: leave out int().")
def spread(x):
    return int(np.ptp(np.asarray(x, float)))


@wrong("One number for each column comes out. It is one for all of them.")
def spread(x):
    return np.ptp(np.asarray(x, float), axis=0)


@wrong("First and last are not smallest and largest: the numbers come in any order.")
def spread(x):
    numbers = np.ravel(x)
    return numbers[-1] - numbers[0]
