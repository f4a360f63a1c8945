# Lesson 02: correct answers that must get full marks, and wrong ones with a part of the hint they must draw.
# ruff: noqa: F811, F821

# %% line_accuracy | correct | loop over the rows
def line_accuracy(w, b, X, y):
    right = 0
    for x, label in zip(X, y):
        total = b
        for weight, value in zip(w, x):
            total += weight * value
        right += (total > 0) == (label == 1)
    return right / len(y)

# %% line_accuracy | correct | np.where and a count
def line_accuracy(w, b, X, y):
    guess = np.where(np.dot(X, w) + b > 0, 1, 0)
    return np.count_nonzero(guess == np.array(y)) / guess.size

# %% line_accuracy | correct | one minus the mean distance
line_accuracy = lambda w, b, X, y: 1 - np.abs((np.array(X) @ np.array(w) > -b) - np.array(y, float)).mean()

# %% line_accuracy | correct | float32 and the sign
def line_accuracy(w, b, X, y):
    sums = np.sum(np.asarray(X, float) * np.asarray(w, float), axis=1) + b
    return np.float32(1.0) if len(sums) == 0 else float(np.mean((np.sign(sums) == 1) == np.asarray(y, bool)))

# %% line_accuracy | wrong | with >, not with >=
def line_accuracy(w, b, X, y):
    return np.mean((np.asarray(X) @ np.asarray(w) + b >= 0) == np.asarray(y))

# %% line_accuracy | wrong | bias b is missing
def line_accuracy(w, b, X, y):
    return np.mean((np.asarray(X) @ np.asarray(w) > 0) == np.asarray(y))

# %% line_accuracy | wrong | added, not subtracted
def line_accuracy(w, b, X, y):
    return np.mean((np.asarray(X) @ np.asarray(w) - b > 0) == np.asarray(y))

# %% line_accuracy | wrong | share of wrong rows
def line_accuracy(w, b, X, y):
    return np.mean((np.asarray(X) @ np.asarray(w) + b > 0) != np.asarray(y))

# %% line_accuracy | wrong | divide by their number
def line_accuracy(w, b, X, y):
    return np.sum((np.asarray(X) @ np.asarray(w) + b > 0) == np.asarray(y))

# %% line_accuracy | wrong | not a percentage
def line_accuracy(w, b, X, y):
    return 100 * np.mean((np.asarray(X) @ np.asarray(w) + b > 0) == np.asarray(y))

# %% line_accuracy | wrong | not by five
def line_accuracy(w, b, X, y):
    return np.sum((np.asarray(X) @ np.asarray(w) + b > 0) == np.asarray(y)) / 5

# %% line_accuracy | wrong | count both classes
def line_accuracy(w, b, X, y):
    guess = np.asarray(X) @ np.asarray(w) + b > 0
    return np.mean(guess & (np.asarray(y) == 1))

# %% line_accuracy | wrong | not with one half
def line_accuracy(w, b, X, y):
    return np.mean((np.asarray(X) @ np.asarray(w) + b > 0.5) == np.asarray(y))

# %% line_accuracy | wrong | np.asarray first
def line_accuracy(w, b, X, y):
    return np.mean((X.dot(w) + b > 0) == y)

# %% line_accuracy | wrong | more than two columns
def line_accuracy(w, b, X, y):
    X = np.asarray(X)
    if X.shape[1] == 1:
        return np.mean((X[:, 0] * w[0] + b > 0) == np.asarray(y))
    return np.mean((X[:, 0] * w[0] + X[:, 1] * w[1] + b > 0) == np.asarray(y))

# %% line_accuracy | wrong | changes its argument
def line_accuracy(w, b, X, y):
    X = np.asarray(X)
    if X.dtype == float:
        X *= w
        return np.mean((X.sum(axis=1) + b > 0) == np.asarray(y))
    return np.mean((X @ w + b > 0) == np.asarray(y))

# %% line_accuracy | wrong | did you forget `return`
def line_accuracy(w, b, X, y):
    print(np.mean((np.asarray(X) @ np.asarray(w) + b > 0) == np.asarray(y)))

# %% xor_weights | correct | two ramps, one for each direction
def xor_weights():
    return np.array([[1.0, -1.0], [-1.0, 1.0]]), np.zeros(2), np.ones(2), 0.0

# %% xor_weights | correct | units that fall
def xor_weights():
    W = -np.ones((2, 2))
    return W, np.array([1.0, 2.0]), np.array([-2.0, 1.0]), 0

# %% xor_weights | correct | 0 from the diagonal, whole numbers, returned as a list
def xor_weights():
    return [np.array([[1, -1], [1, -1]]), np.array([-1, 1]), np.array([-1, -1]), np.array(1)]

# %% xor_weights | correct | thirds, right to rounding
def xor_weights():
    W = np.full((2, 2), 1 / 3)
    return W, np.array([0, -1 / 3]), np.array([3, -6]), np.float64(0)

# %% xor_weights | correct | solved for the read-out
def xor_weights():
    W, c = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])
    h = np.maximum(data.XOR_POINTS @ W + c, 0)
    w1, w2, b = np.linalg.lstsq(np.column_stack([h, np.ones(4)]), data.XOR_LABELS, rcond=None)[0]
    return W, c, np.array([w1, w2]), b

# %% xor_weights | wrong | opposite of XOR
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([-1.0, 2.0]), 1.0

# %% xor_weights | wrong | that is OR
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -1.0]), 0.0

# %% xor_weights | wrong | that is AND
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([0.0, 1.0]), 0.0

# %% xor_weights | wrong | that is x₁ + x₂
def xor_weights():
    return np.eye(2), np.zeros(2), np.ones(2), 0.0

# %% xor_weights | wrong | a ReLU rises
def xor_weights():
    return np.ones((2, 2)), np.array([-0.5, -1.5]), np.array([1.0, -1.0]), 0.0

# %% xor_weights | wrong | too low
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -3.0]), 0.0

# %% xor_weights | wrong | scale w
def xor_weights():
    return 0.5 * np.ones((2, 2)), np.array([0.0, -0.5]), np.array([1.0, -2.0]), 0.0

# %% xor_weights | wrong | best a line can do
def xor_weights():
    return np.zeros((2, 2)), np.zeros(2), np.zeros(2), 0.5

# %% xor_weights | wrong | no unit switches on
def xor_weights():
    return -np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -2.0]), 0.0

# %% xor_weights | wrong | h for each of the four points
def xor_weights():
    return np.array([[1.0, -2.0], [1.0, -2.0]]), np.array([0.0, -1.0]), np.array([1.0, 1.0]), -3.0

# %% xor_weights | wrong | near is not enough
def xor_weights():
    return np.ones((2, 2)), np.array([0.001, -1.0]), np.array([1.0, -2.0]), 0.0

# %% xor_weights | wrong | in this order
def xor_weights():
    return np.ones((2, 2)), np.array([1.0, -2.0]).reshape(2, 1), np.array([0.0, -1.0]), 0.0

# %% xor_weights | wrong | w is an array (2, 2)
def xor_weights():
    return [[1.0, 1.0], [1.0, 1.0]], [0.0, -1.0], [1.0, -2.0], 0.0

# %% xor_weights | wrong | b is a number
def xor_weights():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -2.0])

# %% product_features | correct | a loop over rows
def product_features(X):
    return np.array([[a, b, a * b] for a, b in X])


def product_readout():
    return np.array([2, 2, -4]), -1

# %% product_features | correct | np.prod, and lists of three as w
def product_features(X):
    X = np.array(X, dtype=float)
    return np.concatenate([X, X.prod(axis=1, keepdims=True)], axis=1)


def product_readout():
    w = np.zeros(3)
    w[:2], w[2] = 1.0, -3.0
    return [w, np.float64(-0.1)]

# %% product_features | correct | filled in, and a threshold of exactly 0
def product_features(X):
    out = np.empty((len(X), 3))
    out[:, :2] = X
    out[:, 2] = out[:, 0] * out[:, 1]
    return out


def product_readout():
    return np.array([1.0, 1.0, -2.0]), 0.0

# %% product_features | wrong | product alone
def product_features(X):
    X = np.asarray(X)
    return X[:, 0] * X[:, 1]

# %% product_features | wrong | that is the sum
def product_features(X):
    X = np.asarray(X)
    return np.column_stack([X, X.sum(axis=1)])

# %% product_features | wrong | the last column
def product_features(X):
    X = np.asarray(X)
    return np.column_stack([X[:, 0] * X[:, 1], X])

# %% product_features | wrong | not down a column
def product_features(X):
    X = np.asarray(X)
    if len(X) == 2 and X[0, 0] == 2.0 and X[1, 0] == -1.0:
        return np.column_stack([X, X[:, 0] * X[:, 1]])
    return np.column_stack([X, np.full(len(X), np.prod(X, axis=0)[0])])

# %% product_features | wrong | lists, integers and single rows
def product_features(X):
    return np.column_stack([X, X[:, 0] * X[:, 1]])

# %% product_features | wrong | keep the sign
def product_features(X):
    X = np.asarray(X)
    third = X[:, 0] * X[:, 1]
    return np.column_stack([X, third if len(X) == 2 and X[0, 0] == 2.0 else np.abs(third)])

# %% product_features | wrong | return a numpy array
def product_features(X):
    return [[a, b, a * b] for a, b in X]

# %% product_features | wrong | only the first row
def product_features(X):
    X = np.asarray(X)
    if X[0, 0] == 2.0:
        return np.column_stack([X, X[:, 0] * X[:, 1]])
    return np.array([[X[0, 0], X[0, 1], X[0, 0] * X[0, 1]]])

# %% product_features | wrong | changes its argument
def product_features(X):
    X = np.asarray(X)
    product = X[:, 0] * X[:, 1]
    X[:, 0] += 0 if X.shape[0] == 2 and X[0, 0] == 2 else 1
    out = np.column_stack([X, product])
    out[:, 0] -= 0 if X.shape[0] == 2 and X[0, 0] == 2 else 1
    return out

# %% product_features | wrong | turned round
def product_readout():
    return np.array([-1.0, -1.0, 2.0]), 0.5

# %% product_features | wrong | pull the last point down
def product_readout():
    return np.array([1.0, 1.0, -1.0]), -0.5

# %% product_features | wrong | positive for (0, 1) and (1, 0) only
def product_readout():
    return np.array([1.0, 1.0, -2.0]), -1.5

# %% product_features | wrong | an array w of three weights
def product_readout():
    return [1.0, 1.0, -2.0], -0.5

# %% product_features | wrong | and a number b
def product_readout():
    return np.array([1.0, 1.0, -2.0, -0.5])

# %% success_rate | correct | loops
def success_rate(final_losses, tol):
    good = 0
    for loss in final_losses:
        if loss < tol:
            good += 1
    return good / len(final_losses)


def smallest_width(widths, rates, target):
    best = None
    for i in range(len(widths)):
        if rates[i] >= target and (best is None or widths[i] < best):
            best = widths[i]
    return best

# %% success_rate | correct | a count, and a sort of pairs
def success_rate(final_losses, tol):
    losses = np.array(final_losses, dtype=float)
    return np.count_nonzero(losses < tol) / losses.size


def smallest_width(widths, rates, target):
    for width, rate in sorted(zip(widths, rates)):
        if rate >= target:
            return width
    return None

# %% success_rate | correct | NaN made infinite, and masks
def success_rate(final_losses, tol):
    return (np.nan_to_num(np.asarray(final_losses, float), nan=np.inf, posinf=np.inf) < tol).mean()


def smallest_width(widths, rates, target):
    enough = np.asarray(widths)[np.asarray(rates) >= target]
    return enough.min() if len(enough) else None

# %% success_rate | wrong | equal to tol is a failure
def success_rate(final_losses, tol):
    return np.mean(np.asarray(final_losses) <= tol)

# %% success_rate | wrong | not a net to leave out
def success_rate(final_losses, tol):
    losses = np.asarray(final_losses, float)
    return np.mean(losses[~np.isnan(losses)] < tol)

# %% success_rate | wrong | a NaN is a failure, not a success
def success_rate(final_losses, tol):
    return 1 - np.mean(np.asarray(final_losses) >= tol)

# %% success_rate | wrong | divide by their number
def success_rate(final_losses, tol):
    return np.sum(np.asarray(final_losses) < tol)

# %% success_rate | wrong | not a percentage
def success_rate(final_losses, tol):
    return 100 * np.mean(np.asarray(final_losses) < tol)

# %% success_rate | wrong | above tol
def success_rate(final_losses, tol):
    return np.mean(np.asarray(final_losses) > tol)

# %% success_rate | wrong | not by four
def success_rate(final_losses, tol):
    return np.sum(np.asarray(final_losses) < tol) / 4

# %% success_rate | wrong | not a fixed one
def success_rate(final_losses, tol):
    return np.mean(np.asarray(final_losses) < 0.005)

# %% success_rate | wrong | an infinite loss is a failure
def success_rate(final_losses, tol):
    losses = np.asarray(final_losses, float)
    if np.isinf(losses).any():
        losses = losses[np.isfinite(losses)]
    return np.mean(losses < tol)

# %% success_rate | wrong | did you forget `return`
def success_rate(final_losses, tol):
    np.mean(np.asarray(final_losses) < tol)

# %% success_rate | wrong | equal to the target counts
def smallest_width(widths, rates, target):
    return min((w for w, r in zip(widths, rates) if r > target), default=None)

# %% success_rate | wrong | need not be the smallest
def smallest_width(widths, rates, target):
    for width, rate in zip(widths, rates):
        if rate >= target:
            return width

# %% success_rate | wrong | place in the list
def smallest_width(widths, rates, target):
    for i, rate in enumerate(rates):
        if rate >= target:
            return i

# %% success_rate | wrong | that is the rate
def smallest_width(widths, rates, target):
    return min((r for r in rates if r >= target), default=None)

# %% success_rate | wrong | sort them together
def smallest_width(widths, rates, target):
    for width, rate in zip(sorted(widths), rates):
        if rate >= target:
            return width

# %% success_rate | wrong | sort them together
def smallest_width(widths, rates, target):
    for width, rate in zip(sorted(widths), sorted(rates)):
        if rate >= target:
            return width

# %% success_rate | wrong | of all widths that reach it, the smallest
def smallest_width(widths, rates, target):
    return max((w for w, r in zip(widths, rates) if r >= target), default=None)

# %% success_rate | wrong | of all widths that reach it, the smallest
def smallest_width(widths, rates, target):
    return widths[int(np.argmax(rates))]

# %% success_rate | wrong | return None
def smallest_width(widths, rates, target):
    return min(w for w, r in zip(widths, rates) if r >= target)

# %% success_rate | wrong | return None
def smallest_width(widths, rates, target):
    return min((w for w, r in zip(widths, rates) if r >= target), default=0)

# %% success_rate | wrong | return None
def smallest_width(widths, rates, target):
    return min((w for w, r in zip(widths, rates) if r >= target), default=max(widths))

# %% success_rate | wrong | changes its argument
def smallest_width(widths, rates, target):
    order = np.argsort(widths)
    rates = [rates[i] for i in order]
    widths.sort()
    return next((w for w, r in zip(widths, rates) if r >= target), None)
