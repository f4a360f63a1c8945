# Lesson 04: correct answers that must get full marks, and wrong ones with a part of the hint they must draw.
# ruff: noqa: F811, F821

# %% chain_bound | correct | a power of four
def chain_bound(depth):
    return 4.0 ** -depth

# %% chain_bound | correct | loop
def chain_bound(depth):
    most = 1
    for _ in range(depth):
        most /= 4
    return most

# %% chain_bound | correct | product of an array, as a lambda
chain_bound = lambda depth: np.prod(np.full(depth, 0.25))

# %% chain_bound | wrong | slope there is half of that
def chain_bound(depth):
    return 0.5 ** depth

# %% chain_bound | wrong | largest slope of tanh
def chain_bound(depth):
    return 1.0

# %% chain_bound | wrong | multiplied, not added up
def chain_bound(depth):
    return 0.25 * depth

# %% chain_bound | wrong | do not divide by the depth
def chain_bound(depth):
    return 0.25 / depth if depth else 1.0

# %% chain_bound | wrong | one factor too many
def chain_bound(depth):
    return 0.25 ** (depth + 1)

# %% chain_bound | wrong | did you forget `return`
def chain_bound(depth):
    0.25 ** depth

# %% chain_bound | wrong | no units lets everything through
def chain_bound(depth):
    most = 0.25
    for _ in range(depth - 1):
        most *= 0.25
    return most

# %% chain_bound | wrong | do not round
def chain_bound(depth):
    return round(0.25 ** depth, 6)

# %% chain_bound | wrong | one sigmoid brings one factor
def chain_bound(depth):
    return 0.25 ** (depth - 1)

# %% chain_bound | wrong | for each unit of the chain
def chain_bound(depth):
    return 0.25

# %% chain_gradient | correct | recursion
def chain_gradient(x, weights, f, f_prime):
    if len(weights) == 0:
        return 1.0
    z = weights[0] * x
    return weights[0] * f_prime(z) * chain_gradient(f(z), weights[1:], f, f_prime)

# %% chain_gradient | correct | sums first, product last
def chain_gradient(x, weights, f, f_prime):
    sums, a = [], x
    for w in weights:
        sums.append(w * a)
        a = f(sums[-1])
    return np.prod([w * f_prime(z) for w, z in zip(weights, sums)])

# %% chain_gradient | correct | backwards, as a net does it
def chain_gradient(x, weights, f, f_prime):
    activations = [x]
    for w in weights:
        activations.append(f(w * activations[-1]))
    signal = 1.0
    for i in range(len(weights) - 1, -1, -1):
        signal = signal * f_prime(weights[i] * activations[i]) * weights[i]
    return float(signal)

# %% chain_gradient | wrong | the weights are missing, or
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        slope *= f_prime(w * a)
        a = f(w * a)
    return slope

# %% chain_gradient | wrong | taken at the unit's output
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        a = f(w * a)
        slope *= w * f_prime(a)
    return slope

# %% chain_gradient | wrong | taken at the unit's input
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        slope *= w * f_prime(a)
        a = f(w * a)
    return slope

# %% chain_gradient | wrong | return after the loop
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        slope *= w * f_prime(w * a)
        a = f(w * a)
        return slope
    return slope

# %% chain_gradient | wrong | only the last unit was counted
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        slope = w * f_prime(w * a)
        a = f(w * a)
    return slope

# %% chain_gradient | wrong | not added up
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 0.0
    for w in weights:
        slope += w * f_prime(w * a)
        a = f(w * a)
    return slope

# %% chain_gradient | wrong | every unit got x itself
def chain_gradient(x, weights, f, f_prime):
    slope = 1.0
    for w in weights:
        slope *= w * f_prime(w * x)
    return slope

# %% chain_gradient | wrong | that is the output of the chain
def chain_gradient(x, weights, f, f_prime):
    for w in weights:
        x = f(w * x)
    return x

# %% chain_gradient | wrong | do not turn them round
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in (weights if f is not np.tanh and len(weights) == 2 else weights[::-1]):
        slope *= w * f_prime(w * a)
        a = f(w * a)
    return slope

# %% chain_gradient | wrong | the weights come first layer first
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights[::-1]:
        slope *= w * f_prime(w * a)
        a = f(w * a)
    return slope

# %% chain_gradient | wrong | the sum itself was passed on
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        a = w * a
        slope *= w * f_prime(a)
    return slope

# %% chain_gradient | wrong | of the old `a`
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        a = f(w * a)
        slope *= w * f_prime(w * a)
    return slope

# %% chain_gradient | wrong | let it start at 1
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 0.0
    for w in weights:
        slope *= w * f_prime(w * a)
        a = f(w * a)
    return slope

# %% chain_gradient | wrong | starts at 1, not at x
def chain_gradient(x, weights, f, f_prime):
    a = slope = x
    for w in weights:
        slope = slope * w * f_prime(w * a)
        a = f(w * a)
    return slope

# %% chain_gradient | wrong | the sign of a weight counts
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        slope *= abs(w) * f_prime(w * a)
        a = f(w * a)
    return slope

# %% chain_gradient | wrong | its slope is 1
def chain_gradient(x, weights, f, f_prime):
    if len(weights) == 0:
        return 0.0
    a, slope = x, 1.0
    for w in weights:
        slope *= w * f_prime(w * a)
        a = f(w * a)
    return slope

# %% shrink_factor | correct | logarithms
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("at least two")
    return np.exp(np.mean(np.diff(np.log(signal_norms)[::-1])))

# %% shrink_factor | correct | product of the steps
def shrink_factor(signal_norms):
    steps = [a / b for a, b in zip(signal_norms, signal_norms[1:])]
    if not steps:
        raise ValueError(f"{len(signal_norms)} sizes make no step")
    product = 1.0
    for step in steps:
        product *= step
    return product ** (1 / len(steps))

# %% shrink_factor | correct | an array and np.power
def shrink_factor(signal_norms):
    sizes = np.array(signal_norms, dtype=float)
    if sizes.size <= 1:
        raise ValueError("too few")
    return float(np.power(sizes[0] / sizes[-1], 1.0 / (sizes.size - 1)))

# %% shrink_factor | wrong | turned round
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    return (signal_norms[-1] / signal_norms[0]) ** (1 / (len(signal_norms) - 1))

# %% shrink_factor | wrong | take the root for one
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    return signal_norms[0] / signal_norms[-1]

# %% shrink_factor | wrong | two steps between them
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    return (signal_norms[0] / signal_norms[-1]) ** (1 / len(signal_norms))

# %% shrink_factor | wrong | arithmetic mean
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    sizes = np.asarray(signal_norms, float)
    return np.mean(sizes[:-1] / sizes[1:])

# %% shrink_factor | wrong | one size makes no step: raise valueerror
def shrink_factor(signal_norms):
    return (signal_norms[0] / signal_norms[-1]) ** (1 / max(len(signal_norms) - 1, 1))

# %% shrink_factor | wrong | divided by the steps
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    return signal_norms[0] / signal_norms[-1] / (len(signal_norms) - 1)

# %% shrink_factor | wrong | a signal may grow as well
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    return min(1.0, (signal_norms[0] / signal_norms[-1]) ** (1 / (len(signal_norms) - 1)))

# %% shrink_factor | wrong | fewer than two sizes make no step
def shrink_factor(signal_norms):
    if len(signal_norms) == 1:
        raise ValueError("too few")
    return (signal_norms[0] / signal_norms[-1]) ** (1 / (len(signal_norms) - 1))

# %% layers_until | correct | powers
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    n = 0
    while factor ** n >= floor:
        n += 1
    return n

# %% layers_until | correct | recursion
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    return 1 if factor == 0 else 1 + layers_until(factor, floor / factor)

# %% layers_until | correct | itertools
def layers_until(factor, floor):
    import itertools
    if floor <= 1 and factor >= 1:
        return None
    return next(n for n in itertools.count() if factor ** n < floor)

# %% layers_until | correct | logarithm
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    if factor == 0:
        return 1
    return int(np.floor(np.log2(floor) / np.log2(factor))) + 1

# %% layers_until | wrong | the comparison is strict
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    n = 0
    while factor ** n > floor or n == 0:
        n += 1
    return n

# %% layers_until | wrong | one layer too few
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    n = 0
    while factor ** n >= floor:
        n += 1
    return max(n - 1, 0)

# %% layers_until | wrong | one layer too many
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    n = 1
    while factor ** (n - 1) >= floor:
        n += 1
    return n

# %% layers_until | wrong | layers come whole
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    return np.log(floor) / np.log(factor) if factor else 1

# %% layers_until | wrong | so return none
def layers_until(factor, floor):
    n, signal = 0, 1.0
    while signal >= floor and n < 10000:
        signal *= factor
        n += 1
    return n

# %% layers_until | wrong | whatever the factor
def layers_until(factor, floor):
    if factor >= 1:
        return None
    n = 0
    while factor ** n >= floor:
        n += 1
    return n

# %% layers_until | wrong | takes everything at the first layer
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1 or factor == 0:
        return None
    n = 0
    while factor ** n >= floor:
        n += 1
    return n

# %% layers_until | wrong | it does get there, only slowly
def layers_until(factor, floor):
    if floor > 1:
        return 0
    for n in range(100):
        if factor ** n < floor:
            return n
    return None

# %% layers_until | wrong | go on until
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    return 1

# %% xavier_std | correct | powers
def xavier_std(fan_in, fan_out):
    return (2.0 / (fan_in + fan_out)) ** 0.5


def he_std(fan_in):
    return (2.0 / fan_in) ** 0.5

# %% xavier_std | correct | the mean of both ends
import math


def xavier_std(fan_in, fan_out):
    return 1 / math.sqrt((fan_in + fan_out) / 2)


def he_std(fan_in):
    return math.sqrt(2) / math.sqrt(fan_in)

# %% xavier_std | correct | from the uniform range
def xavier_std(fan_in, fan_out):
    limit = np.sqrt(6.0 / (fan_in + fan_out))
    return limit / np.sqrt(3.0)


he_std = lambda fan_in: xavier_std(fan_in, 0)

# %% xavier_std | wrong | that is the variance
def xavier_std(fan_in, fan_out):
    return 2 / (fan_in + fan_out)


def he_std(fan_in):
    return 2 / fan_in

# %% xavier_std | wrong | the variance is doubled
def xavier_std(fan_in, fan_out):
    return np.sqrt(2 / (fan_in + fan_out))


def he_std(fan_in):
    return np.sqrt(1 / fan_in)

# %% xavier_std | wrong | end of the uniform range
def xavier_std(fan_in, fan_out):
    return np.sqrt(6 / (fan_in + fan_out))


def he_std(fan_in):
    return np.sqrt(2 / fan_in)

# %% xavier_std | wrong | only fan_in was used
def xavier_std(fan_in, fan_out):
    return np.sqrt(1 / fan_in)


def he_std(fan_in):
    return np.sqrt(2 / fan_in)

# %% xavier_std | wrong | the 2 is missing
def xavier_std(fan_in, fan_out):
    return np.sqrt(1 / (fan_in + fan_out))


def he_std(fan_in):
    return np.sqrt(2 / fan_in)

# %% xavier_std | wrong | added, not multiplied
def xavier_std(fan_in, fan_out):
    return np.sqrt(2 / (fan_in * fan_out))


def he_std(fan_in):
    return np.sqrt(2 / fan_in)

# %% xavier_std | wrong | belongs under the root
def xavier_std(fan_in, fan_out):
    return np.sqrt(2 / (fan_in + fan_out))


def he_std(fan_in):
    return 2 / np.sqrt(fan_in)

# %% xavier_std | wrong | belongs to `xavier4`
def xavier_std(fan_in, fan_out):
    return 4 * np.sqrt(2 / (fan_in + fan_out))


def he_std(fan_in):
    return np.sqrt(2 / fan_in)

# %% xavier_std | wrong | that is he's
def xavier_std(fan_in, fan_out):
    return np.sqrt(2 / fan_in)


def he_std(fan_in):
    return np.sqrt(2 / fan_in)

# %% choose_init | correct | he for tanh
def choose_init(activation, depth):
    return "xavier4" if activation == "sigmoid" else "he"

# %% choose_init | correct | by the depth
def choose_init(activation, depth):
    if depth >= 20:
        return "he"
    if activation == "sigmoid":
        return "xavier4"
    return "xavier"

# %% choose_init | correct | xavier4 for tanh too
def choose_init(activation, depth):
    return {("sigmoid", 6): "xavier4", ("tanh", 6): "xavier4", ("relu", 20): "he"}[activation, depth]

# %% choose_init | wrong | six tanh layers lose the signal
def choose_init(activation, depth):
    return "small"

# %% choose_init | wrong | did you forget `return`
def choose_init(activation, depth):
    init = "xavier4" if activation == "sigmoid" else "he"

# %% choose_init | wrong | spelled so
def choose_init(activation, depth):
    return {"sigmoid": "4xavier", "tanh": "Xavier", "relu": "He"}[activation]

# %% choose_init | wrong | xavier alone is too narrow
def choose_init(activation, depth):
    return "he" if activation == "relu" else "xavier"

# %% choose_init | wrong | he's start is still too narrow
def choose_init(activation, depth):
    return "he"

# %% choose_init | wrong | needs the widest start
def choose_init(activation, depth):
    return {"sigmoid": "small", "tanh": "xavier", "relu": "he"}[activation]

# %% choose_init | wrong | twenty times a little
def choose_init(activation, depth):
    return "xavier4" if activation == "sigmoid" else "xavier"

# %% choose_init | wrong | it explodes
def choose_init(activation, depth):
    return "xavier4"

# %% choose_init | wrong | small weights lose the signal. measure
def choose_init(activation, depth):
    return {"sigmoid": "xavier4", "tanh": "he", "relu": "small"}[activation]

# %% choose_init | wrong | a word for each
def choose_init(activation, depth):
    if activation == "tanh":
        return "xavier"
    if activation == "relu":
        return "he"
