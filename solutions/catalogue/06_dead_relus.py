# Lesson 06: correct answers that must get full marks, and wrong ones with a part of the hint they must draw.
# ruff: noqa: F811, F821

# %% dead_units | correct | the largest sum
def dead_units(Z):
    return np.max(Z, axis=0) <= 0

# %% dead_units | correct | a loop over units
def dead_units(Z):
    Z = np.array(Z)
    dead = []
    for unit in range(Z.shape[1]):
        dead.append(not any(z > 0 for z in Z[:, unit]))
    return np.array(dead)

# %% dead_units | correct | by the outputs
def dead_units(Z):
    return np.maximum(np.asarray(Z, float), 0).sum(axis=0) == 0

# %% dead_units | wrong | a sum of exactly 0
def dead_units(Z):
    return (np.asarray(Z) < 0).all(axis=0)

# %% dead_units | wrong | silent on some examples
def dead_units(Z):
    return (np.asarray(Z) <= 0).any(axis=0)

# %% dead_units | wrong | for each unit, not for each example
def dead_units(Z):
    return (np.asarray(Z) <= 0).all(axis=1)

# %% dead_units | wrong | turned round
def dead_units(Z):
    return (np.asarray(Z) > 0).any(axis=0)

# %% dead_units | wrong | not their number
def dead_units(Z):
    return int((np.asarray(Z) <= 0).all(axis=0).sum())

# %% dead_units | wrong | not the places
def dead_units(Z):
    return np.flatnonzero((np.asarray(Z) <= 0).all(axis=0))

# %% dead_units | wrong | only the first example
def dead_units(Z):
    return np.asarray(Z)[0] <= 0

# %% dead_units | wrong | numpy array
def dead_units(Z):
    return [bool(np.max(column) <= 0) for column in np.asarray(Z).T]

# %% dead_units | wrong | did you forget `return`
def dead_units(Z):
    (np.asarray(Z) <= 0).all(axis=0)

# %% dead_fraction | correct | two sums
def dead_fraction(Zs):
    return sum(dead_units(Z).sum() for Z in Zs) / sum(np.shape(Z)[1] for Z in Zs)

# %% dead_fraction | correct | without dead_units
def dead_fraction(Zs):
    dead = total = 0
    for Z in Zs:
        for column in np.transpose(Z):
            total += 1
            dead += max(column) <= 0
    return dead / total

# %% dead_fraction | correct | all layers side by side
def dead_fraction(Zs):
    return float(np.mean(dead_units(np.hstack([np.asarray(Z) for Z in Zs]))))

# %% dead_fraction | wrong | mean of the layers
def dead_fraction(Zs):
    return np.mean([dead_units(Z).mean() for Z in Zs])

# %% dead_fraction | wrong | the number of dead units
def dead_fraction(Zs):
    return sum(int(dead_units(Z).sum()) for Z in Zs)

# %% dead_fraction | wrong | share of sums
def dead_fraction(Zs):
    return float(np.mean(np.concatenate([np.ravel(Z) for Z in Zs]) <= 0))

# %% dead_fraction | wrong | units that are alive
def dead_fraction(Zs):
    return 1 - np.concatenate([dead_units(Z) for Z in Zs]).mean()

# %% dead_fraction | wrong | the last layer alone
def dead_fraction(Zs):
    return dead_units(Zs[-1]).mean()

# %% dead_fraction | wrong | the first layer alone
def dead_fraction(Zs):
    for Z in Zs:
        return dead_units(Z).mean()

# %% dead_fraction | wrong | not percent
def dead_fraction(Zs):
    return 100 * np.concatenate([dead_units(Z) for Z in Zs]).mean()

# %% unit_gradient | correct | a loop over examples
def unit_gradient(X, w, b, upstream):
    d_w, d_b = np.zeros(len(w)), 0.0
    for x, g in zip(np.asarray(X, float), upstream):
        if x @ np.asarray(w) + b > 0:
            d_w += g * x
            d_b += g
    return d_w, d_b

# %% unit_gradient | correct | einsum, a tuple in a list
def unit_gradient(X, w, b, upstream):
    X, upstream = np.array(X), np.array(upstream)
    slope = np.heaviside(X.dot(w) + b, 0.0)
    return [np.einsum("n,n,nd->d", upstream, slope, X), float(upstream @ slope)]

# %% unit_gradient | correct | only the active rows
def unit_gradient(X, w, b, upstream):
    X, upstream = np.asarray(X, dtype=float), np.asarray(upstream, dtype=float)
    on = (X * w).sum(axis=1) > -b
    return (X[on] * upstream[on][:, None]).sum(axis=0), upstream[on].sum()

# %% unit_gradient | wrong | the relu is missing
def unit_gradient(X, w, b, upstream):
    X, d = np.asarray(X), np.asarray(upstream)
    return X.T @ d, d.sum()

# %% unit_gradient | wrong | exactly 0 the slope is 0
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * (X @ np.asarray(w) + b >= 0)
    return X.T @ d, d.sum()

# %% unit_gradient | wrong | summed over the examples, not averaged
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * (X @ np.asarray(w) + b > 0)
    return X.T @ d / len(X), d.mean()

# %% unit_gradient | wrong | the bias gets one number
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * (X @ np.asarray(w) + b > 0)
    return X.T @ d, d

# %% unit_gradient | wrong | the upstream gradient is missing
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    on = (X @ np.asarray(w) + b > 0).astype(float)
    return X.T @ on, on.sum()

# %% unit_gradient | wrong | not the sum itself
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * np.maximum(X @ np.asarray(w) + b, 0)
    return X.T @ d, d.sum()

# %% unit_gradient | wrong | the bias passes through the relu
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * (X @ np.asarray(w) + b > 0)
    return X.T @ d, np.sum(upstream)

# %% unit_gradient | wrong | the bias is missing in the sum
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * (X @ np.asarray(w) > 0)
    return X.T @ d, d.sum()

# %% unit_gradient | wrong | not at the upstream gradient
def unit_gradient(X, w, b, upstream):
    X, d = np.asarray(X), np.asarray(upstream)
    d = d * (d > 0)
    return X.T @ d, d.sum()

# %% leaky_relu_backward | correct | a mask
def leaky_relu_backward(d_out, Z, alpha=0.01):
    d = np.array(d_out, dtype=float)
    d[np.asarray(Z) <= 0] *= alpha
    return d

# %% leaky_relu_backward | correct | plus the rest
def leaky_relu_backward(d_out, Z, alpha=0.01):
    on = np.asarray(Z) > 0
    return np.multiply(d_out, alpha + (1 - alpha) * on)

# %% leaky_relu_backward | correct | two cases
def leaky_relu_backward(d_out, Z, alpha=0.01):
    d_out = np.asarray(d_out)
    return np.where(np.asarray(Z) > 0, d_out, alpha * d_out)

# %% leaky_relu_backward | wrong | exactly 0 the slope is alpha
def leaky_relu_backward(d_out, Z, alpha=0.01):
    return np.asarray(d_out) * np.where(np.asarray(Z) >= 0, 1.0, alpha)

# %% leaky_relu_backward | wrong | plain relu
def leaky_relu_backward(d_out, Z, alpha=0.01):
    return np.asarray(d_out) * (np.asarray(Z) > 0)

# %% leaky_relu_backward | wrong | leaky relu itself
def leaky_relu_backward(d_out, Z, alpha=0.01):
    Z = np.asarray(Z)
    return np.where(Z > 0, Z, alpha * Z)

# %% leaky_relu_backward | wrong | upstream gradient is missing
def leaky_relu_backward(d_out, Z, alpha=0.01):
    return np.where(np.asarray(Z) > 0, 1.0, alpha)

# %% leaky_relu_backward | wrong | sign of z
def leaky_relu_backward(d_out, Z, alpha=0.01):
    d = np.asarray(d_out)
    return np.where(d > 0, d, alpha * d)

# %% leaky_relu_backward | wrong | alpha
def leaky_relu_backward(d_out, Z, alpha=0.01):
    return np.asarray(d_out) * np.where(np.asarray(Z) > 0, 1.0, 0.01)

# %% leaky_relu_backward | wrong | not alpha times the sum
def leaky_relu_backward(d_out, Z, alpha=0.01):
    Z = np.asarray(Z)
    return np.asarray(d_out) * np.where(Z > 0, 1.0, alpha * Z)

# %% leaky_relu_backward | wrong | turned round
def leaky_relu_backward(d_out, Z, alpha=0.01):
    return np.asarray(d_out) * np.where(np.asarray(Z) > 0, alpha, 1.0)

# %% leaky_relu_backward | wrong | changes its argument
def leaky_relu_backward(d_out, Z, alpha=0.01):
    d_out[Z <= 0] *= alpha
    return d_out

# %% born_dead_bound | correct | a loop
def born_dead_bound(widths):
    alive = 1.0
    for n in widths:
        alive *= 1 - 2.0 ** -int(n)
    return 1 - alive

# %% born_dead_bound | correct | by logarithms
def born_dead_bound(widths):
    return -np.expm1(np.sum(np.log1p(-0.5 ** np.asarray(widths, float))))

# %% born_dead_bound | correct | layer by layer
def born_dead_bound(widths):
    dead = 0.0
    for n in widths:
        dead = dead + (1 - dead) * 0.5 ** n
    return dead

# %% born_dead_bound | wrong | all layers stay alive
def born_dead_bound(widths):
    return np.prod([1 - 0.5 ** n for n in widths])

# %% born_dead_bound | wrong | not added up
def born_dead_bound(widths):
    return sum(0.5 ** n for n in widths)

# %% born_dead_bound | wrong | all layers silent at once
def born_dead_bound(widths):
    return np.prod([0.5 ** n for n in widths])

# %% born_dead_bound | wrong | one silent layer is enough
def born_dead_bound(widths):
    return 1 - np.prod([0.5 ** n for n in widths])

# %% born_dead_bound | wrong | layers may differ in width
def born_dead_bound(widths):
    widths = list(widths) or [99]
    return 1 - (1 - 0.5 ** widths[0]) ** len(widths)

# %% born_dead_bound | wrong | not 1 / n
def born_dead_bound(widths):
    return 1 - np.prod([1 - 1 / n for n in widths])

# %% born_dead_bound | wrong | last layer alone
def born_dead_bound(widths):
    for n in widths:
        result = 0.5 ** n
    return result

# %% born_dead_bound | wrong | without layers
def born_dead_bound(widths):
    alive = 1 - 0.5 ** widths[0]
    for n in widths[1:]:
        alive *= 1 - 0.5 ** n
    return 1 - alive

# %% rescue_plan | correct | ELU
def rescue_plan():
    return {"activation": "elu", "lr": 0.05}

# %% rescue_plan | correct | a larger rate for the usual leak
def rescue_plan():
    return dict(lr=0.1, activation="leaky")

# %% rescue_plan | correct | a steep leak, further keys
def rescue_plan():
    return {"activation": "leaky", "alpha": np.float64(0.2), "lr": 0.02, "why": "the dead get a slope"}

# %% rescue_plan | wrong | take one that has a slope
def rescue_plan():
    return {"activation": "relu", "lr": 0.03}

# %% rescue_plan | wrong | take one that has a slope
def rescue_plan():
    return {"activation": "leaky", "alpha": 0.0, "lr": 0.03}

# %% rescue_plan | wrong | so high a rate
def rescue_plan():
    return {"activation": "elu", "lr": 1.0}

# %% rescue_plan | wrong | too slowly
def rescue_plan():
    return {"activation": "leaky", "alpha": 0.01, "lr": 0.001}

# %% rescue_plan | wrong | four words
def rescue_plan():
    return {"activation": "Leaky ReLU", "lr": 0.03}

# %% rescue_plan | wrong | lr is a number above 0
def rescue_plan():
    return {"activation": "elu", "learning_rate": 0.03}

# %% rescue_plan | wrong | return a dict
def rescue_plan():
    return "elu", 0.03

# %% rescue_plan | wrong | alpha is a number from 0 to 1
def rescue_plan():
    return {"activation": "leaky", "lr": 0.03, "alpha": "0.1"}

# %% rescue_plan | wrong | did you forget `return`
def rescue_plan():
    {"activation": "elu", "lr": 0.03}
