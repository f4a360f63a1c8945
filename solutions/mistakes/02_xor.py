# Lesson 02: right answers, wrong ones with their hints, and a second hint for each exercise. See CONTRIBUTING.md.


exercise("line_accuracy", "Form X @ w + b, compare it with 0, and compare the result with y.",
         more="""
    Four candidates sit a test of two parts. Part one counts double, and 10 points are needed. Their points are (3,
    5), (2, 4), (4, 2) and (1, 9). The sums 2 · p + q − 10 are 1, −2, 0 and 1. Above 0 means a pass, exactly 0 does
    not. So the rule says: pass, fail, fail, pass.

    The teacher had written: pass, fail, pass, pass. Three of four agree, a share of 0.75. Agreement counts on both
    sides: the candidate who failed by rule and by teacher is one of the three.
    """)


def _share(w, b, X, y):
    return np.mean((X @ w + b > 0) == y)


@right
def line_accuracy(w, b, X, y):
    right = 0
    for x, label in zip(X, y):
        total = b
        for weight, value in zip(w, x):
            total += weight * value
        right += (total > 0) == (label == 1)
    return right / len(y)


@right
def line_accuracy(w, b, X, y):
    guess = np.where(np.dot(X, w) + b > 0, 1, 0)
    return np.count_nonzero(guess == np.array(y)) / guess.size


@right
def line_accuracy(w, b, X, y):
    return 1 - np.abs((np.array(X) @ np.array(w) > -b) - np.array(y, float)).mean()


@right
def line_accuracy(w, b, X, y):
    sums = np.sum(np.asarray(X, float) * np.asarray(w, float), axis=1) + b
    return np.float32(1.0) if len(sums) == 0 else float(np.mean((np.sign(sums) == 1) == np.asarray(y, bool)))


@wrong("The bias b is missing.")
def line_accuracy(w, b, X, y):
    return np.mean((np.asarray(X) @ np.asarray(w) > 0) == np.asarray(y))


@wrong("`+=` writes into the array that is there, and one of whole numbers takes in no fraction: write sums + b.")
def line_accuracy(w, b, X, y):
    sums = np.asarray(X) @ np.asarray(w)
    sums += b
    return np.mean((sums > 0) == np.asarray(y))


@wrong("The bias is added, not subtracted.")
def line_accuracy(w, b, X, y):
    return np.mean((np.asarray(X) @ np.asarray(w) - b > 0) == np.asarray(y))


@wrong("That is the share of wrong rows, or of rows called class 1: count those that agree.")
def line_accuracy(w, b, X, y):
    return np.mean(np.asarray(X) @ np.asarray(w) + b > 0)


@wrong("That is the share of wrong rows, or of rows called class 1: count those that agree.")
def line_accuracy(w, b, X, y):
    return np.mean((np.asarray(X) @ np.asarray(w) + b > 0) != np.asarray(y))


@wrong("A share from 0 to 1, not a percentage.")
def line_accuracy(w, b, X, y):
    return 100 * np.mean((np.asarray(X) @ np.asarray(w) + b > 0) == np.asarray(y))


@wrong("Lists come in too: turn them into arrays with np.asarray first.")
def line_accuracy(w, b, X, y):
    return np.mean((X.dot(w) + b > 0) == y)


@wrong("A sum of exactly 0 counts as class 0, so it agrees with y = 0 and not with y = 1: > or >= ?")
def line_accuracy(w, b, X, y):
    return np.mean((X @ w + b >= 0) == y)


@wrong("Divide by the number of rows.")
def line_accuracy(w, b, X, y):
    return np.sum((X @ w + b > 0) == y)


@wrong("Rows of class 0 that are called class 0 agree too: count both classes.")
def line_accuracy(w, b, X, y):
    return np.mean((np.asarray(X) @ np.asarray(w) + b > 0) & (np.asarray(y) == 1))


@wrong("Ask whether the sum is above 0: not whether it is above one half, and not whether it equals the class.")
def line_accuracy(w, b, X, y):
    return np.mean((X @ w + b > 0.5) == y)


@wrong("X may have more than two columns.")
def line_accuracy(w, b, X, y):
    return solution.line_accuracy(w[:2], b, np.asarray(X)[:, :2], y)


@wrong("Count all rows, not only those that are class 1, or are called so.")
def line_accuracy(w, b, X, y):
    guess, y = np.asarray(X) @ np.asarray(w) + b > 0, np.asarray(y)
    return (guess & (y == 1)).sum() / max((y == 1).sum(), 1)


@wrong("Count all rows, not only those that are class 1, or are called so.")
def line_accuracy(w, b, X, y):
    guess, y = np.asarray(X) @ np.asarray(w) + b > 0, np.asarray(y)
    return (guess & (y == 1)).sum() / max(guess.sum(), 1)


@wrong("A sign is −1, 0 or 1, and the classes are 0 and 1: ask whether the sum is above 0.")
def line_accuracy(w, b, X, y):
    return np.mean(np.sign(np.asarray(X) @ np.asarray(w) + b) == np.asarray(y))


@wrong("A sum of exactly 0 counts as class 0, so it agrees with y = 0 and not with y = 1: > or >= ?")
def line_accuracy(w, b, X, y):
    z, y = np.asarray(X) @ np.asarray(w) + b, np.asarray(y)
    return np.mean(((z > 0) & (y == 1)) | ((z < 0) & (y == 0)))


@wrong("A sum of exactly 0 counts as class 0, so it agrees with y = 0 and not with y = 1: > or >= ?")
def line_accuracy(w, b, X, y):
    z, y = np.asarray(X) @ np.asarray(w) + b, np.asarray(y)
    return np.mean(((z >= 0) & (y == 1)) | ((z <= 0) & (y == 0)))


@wrong("Do not round the share.")
def line_accuracy(w, b, X, y):
    return round(float(solution.line_accuracy(w, b, X, y)), 2)


@wrong("The inputs have fractions: do not turn X into integers.")
def line_accuracy(w, b, X, y):
    return solution.line_accuracy(w, b, np.asarray(X).astype(int), y)


@wrong("A sum above 0 is class 1, one below 0 is class 0: the comparison is turned round.")
def line_accuracy(w, b, X, y):
    return np.mean((np.asarray(X) @ np.asarray(w) + b < 0) == np.asarray(y))


@wrong("Ask whether the sum is above 0: not whether it is above one half, and not whether it equals the class.")
def line_accuracy(w, b, X, y):
    return np.mean(np.asarray(X) @ np.asarray(w) + b == np.asarray(y))


exercise("xor_weights", "Work out h for each of the four points by hand, then h · w + b.",
         more="""
    Take AND first, with one ReLU unit: h = ReLU(x₁ + x₂ − 1). For the four points the sum x₁ + x₂ is 0, 1, 1, 2, so
    the sum less 1 is −1, 0, 0, 1, and h is 0, 0, 0, 1. That is AND already.

    Its hidden weights are 1 and 1, its bias is −1. A unit with bias 0 gives 0, 1, 1, 2 for the same points: how far
    the sum is past 0. XOR needs a first unit that rises and a second one that brings the end down again. Write both
    rows of h below each other, and look for w.
    """)


@right
def xor_weights():
    return np.array([[1.0, -1.0], [-1.0, 1.0]]), np.zeros(2), np.ones(2), 0.0


@right
def xor_weights():
    W = -np.ones((2, 2))
    return W, np.array([1.0, 2.0]), np.array([-2.0, 1.0]), 0


@right
def xor_weights():
    return [np.array([[1, -1], [1, -1]]), np.array([-1, 1]), np.array([-1, -1]), np.array(1)]


@right
def xor_weights():
    W = np.full((2, 2), 1 / 3)
    return W, np.array([0, -1 / 3]), np.array([3, -6]), np.float64(0)


@right
def xor_weights():
    W, c = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])
    h = np.maximum(data.XOR_POINTS @ W + c, 0)
    w1, w2, b = np.linalg.lstsq(np.column_stack([h, np.ones(4)]), data.XOR_LABELS, rcond=None)[0]
    return W, c, np.array([w1, w2]), b


@wrong("That is the opposite of XOR: 1 where the inputs are equal.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([-1.0, 2.0]), 1.0


@wrong("That is OR. After the sum has passed 1, the output has to come down again.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -1.0]), 0.0


@wrong("That is AND. The output has to be 1 already where only one input is 1.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([0.0, 1.0]), 0.0


@wrong("That is x₁ + x₂. The second unit has yet to bring the last output down.")
def xor_weights():
    return np.eye(2), np.zeros(2), np.ones(2), 0.0


@wrong("These thresholds suit units that jump from 0 to 1. A ReLU rises: it adds how far the sum is past the "
       "threshold.")
def xor_weights():
    return np.ones((2, 2)), np.array([-0.5, -1.5]), np.array([1.0, -1.0]), 0.0


@wrong("The last output is too low: how far past its threshold is the second unit there?")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -3.0]), 0.0


@wrong("The shape is right, the height is not: scale w.")
def xor_weights():
    return 0.5 * np.ones((2, 2)), np.array([0.0, -0.5]), np.array([1.0, -2.0]), 0.0


@wrong("That is the best a line can do. Let the hidden units do something.")
def xor_weights():
    return np.zeros((2, 2)), np.zeros(2), np.zeros(2), 0.5


@wrong("All outputs are 0. Work out both hidden units for the four points: which is on where, and what does w make "
       "of it?")
def xor_weights():
    return -np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -2.0]), 0.0


@wrong("Near is not enough here: choose numbers that give 0 and 1 exactly. Whole numbers will do.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.001, -1.0]), np.array([1.0, -2.0]), 0.0


@wrong("c has the shape (2,), one number for each hidden unit: no second axis.")
def xor_weights():
    return np.ones((2, 2)), np.array([1.0, -2.0]).reshape(2, 1), np.array([0.0, -1.0]), 0.0


@wrong("Return four parts, W, c, w and b: b is a number, and may be 0.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -2.0])


@wrong("Both hidden units are alike: give the second one a threshold of its own.")
def xor_weights():
    return np.ones((2, 2)), np.zeros(2), np.array([1.0, -2.0]), 0.0


@wrong("W[i, j] leads from input i to unit j: a row of W belongs to an input, a column to a unit.")
def xor_weights():
    return np.array([[1.0, 1.0], [-1.0, -1.0]]), np.zeros(2), np.ones(2), 0.0


@wrong("The shape is right, the height is not: scale w.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([2.0, -4.0]), 0.0


@wrong("Right but for a shift: the outputs themselves have to be 0 and 1. Look at b.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -2.0]), -0.5


@wrong("Right but for a shift: the outputs themselves have to be 0 and 1. Look at b.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -2.0]), 1.0


@wrong("That is NAND: for (0, 0) the output has to be 0.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([0.0, -1.0]), 1.0


@wrong("That is x₁ − x₂. XOR is its size without the sign: one unit for each direction, and both count positively.")
def xor_weights():
    return np.eye(2), np.zeros(2), np.array([1.0, -1.0]), 0.0


@wrong("The sign of the outputs is turned round: change the signs of w.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([-1.0, 2.0]), 0.0


@wrong("The outputs are −1 and 1; 0 and 1 are asked for: scale w, and choose b anew.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([2.0, -4.0]), -1.0


@wrong("The shape is right, the height is not: scale w.")
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([3.0, -6.0]), 0.0


exercise("product_features", "The features are three columns side by side: the first input, the second, their product. "
                             "For the plane, write its sum down for each of the four points.",
         more="""
    Rectangles: each row holds a length and a width, (2, 5), (3, 3) and (4, 1). We want length, width and
    perimeter in one table. The perimeters are 14, 12 and 10, one number for each row. Side by side the rows
    become (2, 5, 14), (3, 3, 12) and (4, 1, 10).

    A column is all rows at one place: `R[:, 0]` is all lengths at once, as an array (3,). What you calculate from
    columns is a column again. np.column_stack puts arrays and columns side by side.
    """)


def _features(X):
    X = np.asarray(X, float)
    return np.column_stack([X, X[:, 0] * X[:, 1]])


@right
def product_features(X):
    return np.array([[a, b, a * b] for a, b in X])


@right
def product_readout():
    return np.array([2, 2, -4]), -1


@right
def product_features(X):
    X = np.array(X, dtype=float)
    return np.concatenate([X, X.prod(axis=1, keepdims=True)], axis=1)


@right
def product_readout():
    w = np.zeros(3)
    w[:2], w[2] = 1.0, -3.0
    return [w, np.float64(-0.1)]


@right
def product_features(X):
    out = np.empty((len(X), 3))
    out[:, :2] = X
    out[:, 2] = out[:, 0] * out[:, 1]
    return out


@right
def product_readout():
    return np.array([1.0, 1.0, -2.0]), 0.0


@wrong("The product alone came back: keep x1 and x2 as the first two columns.")
def product_features(X):
    X = np.asarray(X)
    return X[:, 0] * X[:, 1]


@wrong("The product is the last column, after x1 and x2.")
def product_features(X):
    X = np.asarray(X)
    return np.column_stack([X[:, 0] * X[:, 1], X])


@wrong("Lists come in too: turn X into an array with np.asarray first.")
def product_features(X):
    return np.column_stack([X, X[:, 0] * X[:, 1]])


@wrong("Turned round: change the signs of w and b.")
def product_readout():
    return np.array([-1.0, -1.0, 2.0]), 0.5


@wrong("The third weight has to pull the last point down below 0.")
def product_readout():
    return np.array([1.0, 1.0, -1.0]), -0.5


@wrong("The plane calls nothing 1: b pulls all four points below 0.")
def product_readout():
    return np.array([1.0, 1.0, -2.0]), -1.5


@wrong("Return two things: an array w of three weights, and a number b.")
def product_readout():
    return np.array([1.0, 1.0, -2.0, -0.5])


@wrong("Only the first row came back: X may have many.")
def product_features(X):
    return _features(X)[:1]


@wrong("One example a row: the answer is (n, 3).")
def product_features(X):
    return _features(X).T


@wrong("That is the sum, not the product.")
def product_features(X):
    return np.column_stack([X, np.sum(X, 1)])


@wrong("Multiply the two inputs with each other, not one with itself.")
def product_features(X):
    return np.column_stack([X, np.square(np.asarray(X)[:, 0])])


@wrong("Multiply along each row, not down a column.")
def product_features(X):
    return np.column_stack([X, np.prod(np.asarray(X), 0)[:1].repeat(len(X))])


@wrong("Keep the sign of the product.")
def product_features(X):
    return np.column_stack([X, np.abs(_features(X)[:, 2])])


@wrong("The smaller input equals the product only for 0 and 1: multiply.")
def product_features(X):
    return np.column_stack([X, np.minimum(np.asarray(X)[:, 0], np.asarray(X)[:, 1])])


@wrong("The third column, the product, is missing.")
def product_features(X):
    return np.array(X)


@wrong("Multiply along each row, not over the whole array.")
def product_features(X):
    return np.column_stack([X, np.full(len(X), np.prod(X))])


@wrong("That is the quotient, not the product.")
def product_features(X):
    X = np.asarray(X, float)
    return np.column_stack([X, X[:, 0] / X[:, 1]])


@wrong("That is the difference, not the product.")
def product_features(X):
    X = np.asarray(X)
    return np.column_stack([X, X[:, 0] - X[:, 1]])


@wrong("Three columns: x1, x2 and their product. Yours has more.")
def product_features(X):
    X = np.asarray(X)
    return np.column_stack([X, X[:, 0] * X[:, 1], np.ones(len(X))])


@wrong("The product is the third column: x1 and x2 stay as they are, in their order.")
def product_features(X):
    X = np.asarray(X)
    return np.column_stack([X[:, 1], X[:, 0], X[:, 0] * X[:, 1]])


@wrong("That calls only (1, 1) 1, which is AND: there the product has to pull the sum down.")
def product_readout():
    return np.array([0.0, 0.0, 1.0]), -0.5


@wrong("The plane calls all four points 1: for (0, 0) and (1, 1) the sum must not be above 0.")
def product_readout():
    return np.array([1.0, 1.0, 1.0]), 0.5


@wrong("(0, 0) is called 1. There the sum is b alone, so b must not be above 0.")
def product_readout():
    return np.array([1.0, 1.0, -3.0]), 0.5


@wrong("Only one of (0, 1) and (1, 0) is called 1: both inputs need a positive weight.")
def product_readout():
    return np.array([1.0, -1.0, -0.5]), 0.0


@wrong("Only one of (0, 1) and (1, 0) is called 1: both inputs need a positive weight.")
def product_readout():
    return np.array([-1.0, 1.0, -0.5]), 0.0


@wrong("That follows one input alone: both inputs need a positive weight, and the product a negative one.")
def product_readout():
    return np.array([1.0, 0.0, 0.0]), 0.0


@wrong("That follows one input alone: both inputs need a positive weight, and the product a negative one.")
def product_readout():
    return np.array([0.0, 1.0, 0.0]), 0.0


@wrong("That calls only (0, 0) 1: both inputs need a positive weight, and b must not be above 0.")
def product_readout():
    return np.array([-1.0, -1.0, 0.0]), 0.5


@wrong("X[0] is the first example, a row. The first input of every example is a column: X[:, 0].")
class Rows:
    def product_features(X):
        X = np.asarray(X)
        return np.column_stack([X, X[0] * X[1]])


@wrong("x1 is there twice: the second column is x2.")
class Twice:
    def product_features(X):
        X = np.asarray(X)
        return np.column_stack([X[:, 0], X[:, 0], X[:, 0] * X[:, 1]])


exercise("success_rate", "Compare every loss with tol, and take the mean of the comparison. Of the widths whose rate "
                         "is at least the target, the smallest is wanted.",
         more="""
    Five runners, and the bar is 12 seconds: 11.2, 13.0, 12.0, 10.9, and one who never arrived (NaN). "Below 12?"
    gives yes, no, no, yes, no: a comparison with NaN is always no. The share of yes is 2 of 5 = 0.4, and the mean
    of those five answers is just that.

    Now shoes, and how many runners each fitted: size 44 fitted 0.8 of them, 40 fitted 0.3, 42 fitted 0.9. Which is
    the smallest size that fits at least 0.5? Keep the pairs that are good enough, 44 and 42, and of those take the
    smaller size.
    """)


def _smallest(widths, rates, target):
    return min((w for w, r in zip(widths, rates) if r >= target), default=None)


@right
def success_rate(final_losses, tol):
    good = 0
    for loss in final_losses:
        if loss < tol:
            good += 1
    return good / len(final_losses)


@right
def smallest_width(widths, rates, target):
    best = None
    for i in range(len(widths)):
        if rates[i] >= target and (best is None or widths[i] < best):
            best = widths[i]
    return best


@right
def success_rate(final_losses, tol):
    losses = np.array(final_losses, dtype=float)
    return np.count_nonzero(losses < tol) / losses.size


@right
def smallest_width(widths, rates, target):
    for width, rate in sorted(zip(widths, rates)):
        if rate >= target:
            return width
    return None


@right
def success_rate(final_losses, tol):
    return (np.nan_to_num(np.asarray(final_losses, float), nan=np.inf, posinf=np.inf) < tol).mean()


@right
def smallest_width(widths, rates, target):
    enough = np.asarray(widths)[np.asarray(rates) >= target]
    return enough.min() if len(enough) else None


@wrong("A share from 0 to 1, not a percentage.")
def success_rate(final_losses, tol):
    return 100 * np.mean(np.asarray(final_losses) < tol)


@wrong("That is the share of losses above tol.")
def success_rate(final_losses, tol):
    return np.mean(np.asarray(final_losses) > tol)


@wrong("A rate equal to the target counts.")
def smallest_width(widths, rates, target):
    return min((w for w, r in zip(widths, rates) if r > target), default=None)


@wrong("In a list without order, the first that reaches the target need not be the smallest.")
def smallest_width(widths, rates, target):
    for width, rate in zip(widths, rates):
        if rate >= target:
            return width


@wrong("That is the place in the list: return the width itself.")
def smallest_width(widths, rates, target):
    for i, rate in enumerate(rates):
        if rate >= target:
            return i


@wrong("That is the rate: return the width.")
def smallest_width(widths, rates, target):
    return min((r for r in rates if r >= target), default=None)


@wrong("Each rate belongs to the width at its own place: if you sort, sort them together.")
def smallest_width(widths, rates, target):
    for width, rate in zip(sorted(widths), rates):
        if rate >= target:
            return width


@wrong("Each rate belongs to the width at its own place: if you sort, sort them together.")
def smallest_width(widths, rates, target):
    for width, rate in zip(sorted(widths), sorted(rates)):
        if rate >= target:
            return width


@wrong("The smallest width is wanted, not the largest.")
def smallest_width(widths, rates, target):
    return max((w for w, r in zip(widths, rates) if r >= target), default=None)


@wrong("Return None if no rate reaches the target.")
def smallest_width(widths, rates, target):
    return min(w for w, r in zip(widths, rates) if r >= target)


@wrong("Return None if no rate reaches the target.")
def smallest_width(widths, rates, target):
    return min((w for w, r in zip(widths, rates) if r >= target), default=0)


@wrong("Return None if no rate reaches the target.")
def smallest_width(widths, rates, target):
    return min((w for w, r in zip(widths, rates) if r >= target), default=max(widths))


@wrong("A loss equal to tol is a failure.")
def success_rate(v, t):
    return np.mean(np.asarray(v) <= t)


@wrong("A NaN is a failure, not a success.")
def success_rate(v, t):
    return np.mean(~(np.asarray(v) >= t))


@wrong("A NaN is a failure, not a net to leave out.")
def success_rate(v, t):
    return np.sum(np.asarray(v) < t) / np.sum(~np.isnan(v))


@wrong("An infinite loss is a failure, not a net to leave out.")
def success_rate(v, t):
    return np.sum(np.asarray(v) < t) / np.isfinite(v).sum()


@wrong("Divide by the number of nets.")
def success_rate(v, t):
    return np.sum(np.asarray(v) < t)


@wrong("Use the tol that comes in, not a fixed one.")
def success_rate(v, t):
    return np.mean(np.asarray(v) < 0.005)


@wrong("Not the width with the best rate: the smallest that is good enough.")
def smallest_width(w, r, t):
    return w[int(np.argmax(r))]


@wrong("The smallest width of all need not reach the target.")
def smallest_width(w, r, t):
    return min(w)


@wrong("That is the share of failures: count the losses below tol.")
def success_rate(v, t):
    return np.mean(~(np.asarray(v) < t))


@wrong("The mean of the losses is compared, not each loss: compare first, then take the mean.")
def success_rate(v, t):
    return float(np.nanmean(v) < t)


@wrong("The comparison alone came back: take its mean.")
def success_rate(v, t):
    return np.asarray(v) < t


@wrong("Go by the width, not by the rate: the smallest width of those that reach the target.")
def smallest_width(w, r, t):
    return min(((rate, width) for width, rate in zip(w, r) if rate >= t), default=(0, None))[1]


@wrong("A rate need not grow with the width: look at all of them, and do not stop at the first that fails.")
def smallest_width(w, r, t):
    best = None
    for width, rate in sorted(zip(w, r), reverse=True):
        if rate < t:
            return best
        best = width
    return best


@wrong("Two widths may have the same rate: keep the pairs, not a dict by rate.")
def smallest_width(w, r, t):
    by_rate = dict(zip(r, w))
    return min((by_rate[rate] for rate in r if rate >= t), default=None)


@wrong("Return None if no rate reaches the target.")
def smallest_width(w, r, t):
    return min((width for width, rate in zip(w, r) if rate >= t), default=np.inf)


@wrong("Return None if no rate reaches the target.")
def smallest_width(w, r, t):
    return min((width for width, rate in zip(w, r) if rate >= t), default=-1)


@wrong("One width is asked for, the smallest, not all that are good enough.")
def smallest_width(w, r, t):
    return [width for width, rate in zip(w, r) if rate >= t]


@wrong("In a list without order, the last that reaches the target need not be the smallest.")
def smallest_width(w, r, t):
    return next((width for width, rate in zip(w[::-1], r[::-1]) if rate >= t), None)


@wrong("Go by the width, not by the rate: the smallest width of those that reach the target.")
def smallest_width(w, r, t):
    return w[int(np.argmin(np.abs(np.asarray(r) - t)))]


@wrong("That is the place in the list: return the width itself.")
class Place:
    def smallest_width(widths, rates, target):
        found = solution.smallest_width(widths, rates, target)
        return None if found is None else widths.index(found)
