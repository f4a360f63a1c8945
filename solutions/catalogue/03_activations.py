# Lesson 03: correct answers that must get full marks, and wrong ones with a part of the hint they must draw.
# ruff: noqa: F811, F821

# %% sigmoid | correct | two branches that share a safe exp
def sigmoid(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(-abs(x))
    return np.where(x < 0, e / (1 + e), 1 / (1 + e))


def sigmoid_prime(x):
    e = np.exp(-np.abs(np.asarray(x, dtype=float)))
    return e / (1 + e) ** 2

# %% sigmoid | correct | masks on a new array
def sigmoid(x):
    x = np.array(x, dtype=float)
    out = np.empty_like(x)
    right = x >= 0
    out[right] = 1 / (1 + np.exp(-x[right]))
    small = np.exp(x[~right])
    out[~right] = small / (1 + small)
    return out


sigmoid_prime = lambda x: sigmoid(x) * sigmoid(np.negative(x))

# %% sigmoid | correct | one number at a time, and a float for a number
import math


def one(t):
    return 1 / (1 + math.exp(-t)) if t >= 0 else math.exp(t) / (1 + math.exp(t))


def sigmoid(x):
    if np.ndim(x) == 0:
        return one(float(x))
    return np.vectorize(one, otypes=[float])(x)


class Slope:
    def __call__(self, x):
        return sigmoid(x) * sigmoid(-np.asarray(x, float))


sigmoid_prime = Slope()

# %% sigmoid | correct | a library's sigmoid and a logarithm
def sigmoid(x):
    from scipy.special import expit
    return expit(np.asarray(x, float))


def sigmoid_prime(x):
    x = np.asarray(x, float)
    return np.exp(-np.logaddexp(0, x) - np.logaddexp(0, -x))

# %% sigmoid | correct | clipped where it no longer matters, with a printed line
def sigmoid(x):
    x = np.clip(np.asarray(x, float), -500, 500)
    print("computing")
    return 1 / (1 + np.exp(-x))


def sigmoid_prime(x):
    x = np.clip(np.asarray(x, float), -500, 500)
    return 1 / (1 + np.exp(-x)) / (1 + np.exp(x))

# %% sigmoid | wrong | only arguments of 0 or less
def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, float)))


def sigmoid_prime(x):
    return sigmoid(x) * sigmoid(-np.asarray(x))

# %% sigmoid | wrong | computes both of its sides
def sigmoid(x):
    x = np.asarray(x, float)
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


def sigmoid_prime(x):
    return sigmoid(x) * sigmoid(-np.asarray(x))

# %% sigmoid | wrong | it is the same as σ(-x)
def sigmoid(x):
    x = np.asarray(x, float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))

# %% sigmoid | wrong | 1 + tanh subtracts
def sigmoid(x):
    return 0.5 * (1 + np.tanh(np.asarray(x) / 2))


def sigmoid_prime(x):
    e = np.exp(-np.abs(np.asarray(x, float)))
    return e / (1 + e) ** 2

# %% sigmoid | wrong | cutting x off
def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -20, 20)))


def sigmoid_prime(x):
    e = np.exp(-np.abs(np.asarray(x, float)))
    return e / (1 + e) ** 2

# %% sigmoid | wrong | sigmoid rises with x
def sigmoid(x):
    x = np.asarray(x, float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, e, 1) / (1 + e)


def sigmoid_prime(x):
    return sigmoid(x) * sigmoid(-np.asarray(x))

# %% sigmoid | wrong | right for positive x only
def sigmoid(x):
    return 1 / (1 + np.exp(-np.abs(np.asarray(x, float))))


def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))

# %% sigmoid | wrong | not its slope
def sigmoid(x):
    x = np.asarray(x, float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_prime(x):
    return sigmoid(x)

# %% sigmoid | wrong | put σ(x) in, not x
def sigmoid(x):
    x = np.asarray(x, float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_prime(x):
    return x * (1 - x)

# %% sigmoid | wrong | use no index
def sigmoid(x):
    out = np.zeros(len(x))
    for i in range(len(x)):
        e = np.exp(-abs(x[i]))
        out[i] = (1 if x[i] >= 0 else e) / (1 + e)
    return out


def sigmoid_prime(x):
    e = np.exp(-np.abs(np.asarray(x, float)))
    return e / (1 + e) ** 2

# %% sigmoid | wrong | sigmoid is 1 / (1 + 1)
def sigmoid(x):
    return np.tanh(x) + 1


def sigmoid_prime(x):
    return 1 - np.tanh(x) ** 2

# %% sigmoid | wrong | cannot hold fractions
def sigmoid(x):
    x = np.asarray(x)
    e = np.exp(-np.abs(x))
    out = np.empty_like(x)
    out[...] = np.where(x >= 0, 1, e) / (1 + e)
    return out


def sigmoid_prime(x):
    x = np.asarray(x, float)
    return sigmoid(x) * sigmoid(-x)

# %% sigmoid | wrong | did you forget `return`
def sigmoid(x):
    e = np.exp(-np.abs(np.asarray(x, float)))
    result = np.where(np.asarray(x) >= 0, 1, e) / (1 + e)


def sigmoid_prime(x):
    return 0.25

# %% sigmoid | wrong | changes its argument
def sigmoid(x):
    if isinstance(x, np.ndarray):
        x *= -1
        return 1 / (1 + np.exp(np.clip(x, -700, 700)))
    return 1 / (1 + np.exp(-np.clip(x, -700, 700)))


def sigmoid_prime(x):
    e = np.exp(-np.abs(np.asarray(x, float)))
    return e / (1 + e) ** 2

# %% tanh_from_sigmoid | correct | a named result called tanh, and a comment on np.tanh
def tanh_from_sigmoid(x):
    """The same as np.tanh, but not computed by np.tanh(x)."""
    # np.tanh(x) would be the short way
    tanh = 2 * sigmoid(2 * np.asarray(x, float)) - 1
    return tanh


print(np.tanh(1.0), tanh_from_sigmoid(1.0))

# %% tanh_from_sigmoid | correct | difference of two sigmoids, as a lambda
tanh_from_sigmoid = lambda x: sigmoid(np.multiply(2, x)) - sigmoid(np.multiply(-2, x))

# %% tanh_from_sigmoid | correct | an object, from the exponential itself
class Tanh:
    def __call__(self, x):
        x = np.asarray(x, float)
        return np.sign(x) * -np.expm1(-2 * np.abs(x)) / (1 + np.exp(-2 * np.abs(x)))


tanh_from_sigmoid = Tanh()

# %% tanh_from_sigmoid | wrong | off limits
def tanh_from_sigmoid(x):
    return np.tanh(x)

# %% tanh_from_sigmoid | wrong | library's tanh
from math import tanh


def tanh_from_sigmoid(x):
    return np.vectorize(tanh, otypes=[float])(x)

# %% tanh_from_sigmoid | wrong | too flat
def tanh_from_sigmoid(x):
    return 2 * sigmoid(x) - 1

# %% tanh_from_sigmoid | wrong | stretch it by 2 and shift
def tanh_from_sigmoid(x):
    return sigmoid(2 * np.asarray(x))

# %% tanh_from_sigmoid | wrong | shift by 1 is missing
def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * np.asarray(x))

# %% tanh_from_sigmoid | wrong | stretch by 2 is missing
def tanh_from_sigmoid(x):
    return sigmoid(2 * np.asarray(x)) - 1

# %% tanh_from_sigmoid | wrong | 2 * [1, 2] repeats a list
def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * x) - 1

# %% tanh_from_sigmoid | wrong | is safe there
def tanh_from_sigmoid(x):
    x = np.asarray(x, float)
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))

# %% tanh_from_sigmoid | wrong | return a numpy array
def tanh_from_sigmoid(x):
    return (2 * sigmoid(2 * np.asarray(x)) - 1).tolist()

# %% tanh_from_sigmoid | wrong | at the shown values only
def tanh_from_sigmoid(x):
    return np.interp(x, [-1.0, 0.0, 0.5], [-0.76159415595576489, 0.0, 0.46211715726000976])

# %% tanh_from_sigmoid | wrong | fractions must not be cut off
def tanh_from_sigmoid(x):
    x = np.asarray(x)
    return (2 * sigmoid(2 * x) - 1).astype(x.dtype)

# %% relu | correct | where
def relu(x):
    x = np.asarray(x)
    return np.where(x > 0, x, 0)


def relu_prime(x):
    return np.asarray(x) > 0

# %% relu | correct | on a copy, by an index
def relu(x):
    x = np.array(x, float)
    x[x < 0] = 0
    return x


def relu_prime(x):
    return (np.array(x) > 0).astype(int)

# %% relu | correct | clip and heaviside
relu = lambda x: np.clip(x, 0, None)
relu_prime = lambda x: np.heaviside(x, 0)

# %% relu | correct | half of x and its size, kept safe
def relu(x):
    x = np.asarray(x, np.float64)
    return (np.maximum(x, -1e300) + np.abs(np.maximum(x, -1e300))) / 2


def relu_prime(x):
    return np.maximum(np.sign(x), 0)

# %% relu | wrong | absolute value
def relu(x):
    return np.abs(x)


def relu_prime(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)

# %% relu | wrong | the other way round
def relu(x):
    return np.minimum(x, 0)


def relu_prime(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)

# %% relu | wrong | np.maximum compares
def relu(x):
    return np.max(x, 0)


def relu_prime(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)

# %% relu | wrong | > or >=
def relu(x):
    return np.maximum(x, 0)


def relu_prime(x):
    return np.where(np.asarray(x) >= 0, 1.0, 0.0)

# %% relu | wrong | not one half
def relu(x):
    return np.maximum(x, 0)


def relu_prime(x):
    return (np.sign(x) + 1) / 2

# %% relu | wrong | the function is flat
def relu(x):
    return np.maximum(x, 0)


def relu_prime(x):
    return np.sign(x)

# %% relu | wrong | infinity times 0
def relu(x):
    x = np.asarray(x)
    return x * (x > 0)


def relu_prime(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)

# %% relu | wrong | changes its argument
def relu(x):
    x = np.asarray(x)
    if x.ndim:
        x[x < 0] = 0
        return x
    return np.maximum(x, 0)


def relu_prime(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)

# %% relu | wrong | each entry becomes
def relu(x):
    return max(0, x)


def relu_prime(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)

# %% relu | wrong | return a numpy array
def relu(x):
    return [max(0, v) for v in x]


def relu_prime(x):
    return [1 if v > 0 else 0 for v in x]

# %% relu | wrong | keep their shape
def relu(x):
    return np.array([max(0, v) for v in np.ravel(x)])


def relu_prime(x):
    return np.array([float(v > 0) for v in np.ravel(x)])

# %% relu | wrong | fractions are cut off
def relu(x):
    return np.maximum(np.asarray(x), 0).astype(int)


def relu_prime(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)

# %% relu | wrong | do not divide
def relu(x):
    return np.maximum(x, 0)


def relu_prime(x):
    x = np.asarray(x, float)
    return np.maximum(x, 0) / (np.abs(x) + 1e-12)

# %% leaky_relu | correct | maximum and minimum
def leaky_relu(x, alpha=0.01):
    return np.maximum(x, 0) + alpha * np.minimum(x, 0)

# %% leaky_relu | correct | in place on a float copy
def leaky_relu(x, alpha=0.01):
    out = np.array(x, dtype=float)
    out[out < 0] *= alpha
    return out

# %% leaky_relu | correct | times the slope
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return x * np.where(x > 0, 1, alpha)

# %% leaky_relu | correct | number by number
def leaky_relu(x, alpha=0.01):
    return np.vectorize(lambda t: float(t) if t > 0 else float(alpha * t), otypes=[float])(x)

# %% leaky_relu | wrong | alpha belongs to the left side only
def leaky_relu(x, alpha=0.01):
    return alpha * np.asarray(x)

# %% leaky_relu | wrong | left side only
def leaky_relu(x, alpha=0.01):
    return alpha * np.where(np.asarray(x) > 0, x, np.asarray(x))

# %% leaky_relu | wrong | the sign is lost
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, -alpha * x)

# %% leaky_relu | wrong | other way round
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, alpha * x, x)

# %% leaky_relu | wrong | use it in place of the 0.01
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, 0.01 * x)

# %% leaky_relu | wrong | choose by the sign of x
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.maximum(x, alpha * x)

# %% leaky_relu | wrong | not alpha
def leaky_relu(x, alpha=0.01):
    return np.where(np.asarray(x) > 0, x, alpha * (np.asarray(x) != 0) + 0.01 * (np.asarray(x) == 0))

# %% leaky_relu | wrong | the left side has no slope
def leaky_relu(x, alpha=0.01):
    return np.maximum(x, 0)

# %% leaky_relu | wrong | start with x = np.asarray(x)
def leaky_relu(x, alpha=0.01):
    return np.where(x > 0, x, alpha * x)

# %% leaky_relu | wrong | cannot hold the fractions
def leaky_relu(x, alpha=0.01):
    x = np.array(x)
    x[x < 0] = alpha * x[x < 0]
    return x

# %% leaky_relu | wrong | changes its argument
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    if x.ndim and x.dtype == float:
        x[x < 0] *= alpha
        return x
    return np.where(x > 0, x, alpha * x)

# %% prelu_gradients | correct | boolean masks
def prelu_gradients(x, alpha, upstream):
    x, g = np.array(x, float), np.array(upstream, float)
    left = x <= 0
    return np.where(left, alpha * g, g), float((x * g)[left].sum())

# %% prelu_gradients | correct | a list of two, and a dot product
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return [g * ((x > 0) + alpha * (x <= 0)), np.dot(np.minimum(x, 0).ravel(), g.ravel())]

# %% prelu_gradients | correct | loop over entries
def prelu_gradients(x, alpha, upstream):
    d_x, d_alpha = np.zeros(np.shape(x)), 0.0
    for i, v in np.ndenumerate(x):
        g = np.asarray(upstream)[i]
        if v > 0:
            d_x[i] = g
        else:
            d_x[i] = alpha * g
            d_alpha += g * v
    return d_x, d_alpha

# %% prelu_gradients | wrong | add up what each contributes
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), g * np.minimum(x, 0)

# %% prelu_gradients | wrong | the sum, not the mean
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.mean(g * np.minimum(x, 0))

# %% prelu_gradients | wrong | d_alpha lacks the factor upstream
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.sum(np.minimum(x, 0))

# %% prelu_gradients | wrong | d_x lacks the factor upstream
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return np.where(x > 0, 1, alpha), np.sum(g * np.minimum(x, 0))

# %% prelu_gradients | wrong | not the output of the PReLU
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, x, alpha * x), np.sum(g * np.minimum(x, 0))

# %% prelu_gradients | wrong | leave them out of d_alpha
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.sum(g * x)

# %% prelu_gradients | wrong | the sign of d_alpha
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.sum(g * np.maximum(-x, 0))

# %% prelu_gradients | wrong | not by alpha x
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.sum(g * np.where(x > 0, 0, alpha * x))

# %% prelu_gradients | wrong | the order is
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return np.sum(g * np.minimum(x, 0)), g * np.where(x > 0, 1, alpha)

# %% prelu_gradients | wrong | > or >=
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x >= 0, 1, alpha), np.sum(g * np.minimum(x, 0))

# %% prelu_gradients | wrong | not 0.
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * (x > 0) + alpha * g * (x < 0), np.sum(g * np.minimum(x, 0))

# %% prelu_gradients | wrong | sum over every axis
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), sum(g * np.minimum(x, 0)) if np.ndim(x) else g * np.minimum(x, 0)

# %% prelu_gradients | wrong | upstream may be negative
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.minimum(g * x, 0).sum()

# %% prelu_gradients | wrong | lists and numbers come in
def prelu_gradients(x, alpha, upstream):
    d_x = upstream.copy()
    d_x[x <= 0] *= alpha
    return d_x, np.sum((upstream * x)[x <= 0])

# %% prelu_gradients | wrong | changes its argument
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    d_alpha = float(np.sum(g * np.minimum(x, 0)))
    if g.ndim and g.dtype == float:
        g[x <= 0] *= alpha
        return g, d_alpha
    return g * np.where(x > 0, 1, alpha), d_alpha

# %% elu | correct | maximum plus minimum
def elu(x, alpha=1.0):
    return np.maximum(x, 0) + alpha * (np.exp(np.minimum(x, 0)) - 1)

# %% elu | correct | masks on a copy
def elu(x, alpha=1.0):
    out = np.array(x, float)
    left = out < 0
    out[left] = alpha * np.expm1(out[left])
    return out

# %% elu | correct | number by number
def elu(x, alpha=1.0):
    def one(t):
        return float(t) if t > 0 else alpha * (np.exp(float(t)) - 1)
    return one(x) if np.ndim(x) == 0 else np.array([one(t) for t in np.ravel(x)]).reshape(np.shape(x))

# %% elu | wrong | np.minimum(x, 0)
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))

# %% elu | wrong | np.minimum(x, 0)
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return (x > 0) * x + (x <= 0) * alpha * (np.exp(x) - 1)

# %% elu | wrong | the -1 is missing
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)))

# %% elu | wrong | the left side is negative
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * (1 - np.exp(np.minimum(x, 0))))

# %% elu | wrong | not exp(-x)
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * np.expm1(-np.minimum(x, 0)))

# %% elu | wrong | alpha is not used
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))

# %% elu | wrong | alpha scales the left side only
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return alpha * np.where(x > 0, x, np.expm1(np.minimum(x, 0)))

# %% elu | wrong | mind the brackets
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)) - 1)

# %% elu | wrong | choose by the sign of x
def elu(x, alpha=1.0):
    return np.maximum(x, alpha * np.expm1(np.minimum(x, 0)))

# %% elu | wrong | start with x = np.asarray(x, float)
def elu(x, alpha=1.0):
    out = x.copy()
    out[x < 0] = alpha * np.expm1(x[x < 0])
    return out

# %% elu | wrong | cannot hold the fractions
def elu(x, alpha=1.0):
    out = np.array(x)
    out[out < 0] = alpha * np.expm1(out[out < 0])
    return out

# %% softplus | correct | logaddexp
softplus = lambda x: np.logaddexp(0, x)

# %% softplus | correct | two safe branches
def softplus(x):
    x = np.asarray(x, float)
    tail = np.log1p(np.exp(np.minimum(x, -x)))
    return np.where(x > 0, x + tail, tail)

# %% softplus | correct | switched over far enough to the right
def softplus(x):
    x = np.asarray(x, float)
    return np.where(x > 30, x, np.log1p(np.exp(np.minimum(x, 30))))

# %% softplus | wrong | exp overflowed
def softplus(x):
    return np.log(1 + np.exp(np.asarray(x, float)))

# %% softplus | wrong | take max(x, 0) out
def softplus(x):
    return np.log1p(np.exp(np.asarray(x, float)))

# %% softplus | wrong | use np.log1p
def softplus(x):
    x = np.asarray(x, float)
    return np.maximum(x, 0) + np.log(1 + np.exp(-np.abs(x)))

# %% softplus | wrong | sign in exp
def softplus(x):
    return np.logaddexp(0, -np.asarray(x))

# %% softplus | wrong | not base 2
def softplus(x):
    x = np.asarray(x, float)
    return (np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))) / np.log(2)

# %% softplus | wrong | covers the left side only
def softplus(x):
    return np.log1p(np.exp(-np.abs(np.asarray(x, float))))

# %% softplus | wrong | adds the 1 by itself
def softplus(x):
    x = np.asarray(x, float)
    return np.maximum(x, 0) + np.log1p(1 + np.exp(-np.abs(x)))

# %% softplus | wrong | this is the sigmoid
def softplus(x):
    return sigmoid(x)

# %% softplus | wrong | too early
def softplus(x):
    x = np.asarray(x, float)
    return np.where(x > 10, x, np.log1p(np.exp(np.minimum(x, 10))))

# %% softplus | wrong | tiny but not 0
def softplus(x):
    x = np.asarray(x, float)
    return np.where(x < -20, 0.0, np.logaddexp(0, x))

# %% softplus | wrong | start with x = np.asarray(x, float)
def softplus(x):
    return x * (x > 0) + np.log1p(np.exp(-np.abs(x)))

# %% softplus | wrong | return a numpy array
def softplus(x):
    return [float(np.logaddexp(0, v)) for v in x]

# %% gelu | correct | distribution function of a library
def gelu(x):
    from scipy.stats import norm
    return np.asarray(x) * norm.cdf(x)

# %% gelu | correct | by erfc
def gelu(x):
    from scipy.special import erfc
    x = np.asarray(x, float)
    return x * erfc(-x / 2 ** 0.5) / 2

# %% gelu | correct | number by number with math.erf
def gelu(x):
    import math
    phi = np.vectorize(lambda t: (1 + math.erf(t / math.sqrt(2))) / 2, otypes=[float])
    return x * phi(x)

# %% gelu | wrong | shortcut with tanh
def gelu(x):
    x = np.asarray(x, float)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x ** 3)))

# %% gelu | wrong | shortcut with a sigmoid
def gelu(x):
    return np.asarray(x) * sigmoid(1.702 * np.asarray(x))

# %% gelu | wrong | factor x is missing
def gelu(x):
    return 0.5 * (1 + erf(np.asarray(x) / np.sqrt(2)))

# %% gelu | wrong | one half is missing
def gelu(x):
    return np.asarray(x) * (1 + erf(np.asarray(x) / np.sqrt(2)))

# %% gelu | wrong | divided by the square root
def gelu(x):
    return 0.5 * np.asarray(x) * (1 + erf(x))

# %% gelu | wrong | 1 + erf, not 1 - erf
def gelu(x):
    return 0.5 * np.asarray(x) * (1 - erf(np.asarray(x) / np.sqrt(2)))

# %% gelu | wrong | has more digits
def gelu(x):
    return 0.5 * np.asarray(x) * (1 + erf(np.asarray(x) / 1.414))

# %% gelu | wrong | an erf that takes arrays
def gelu(x):
    return x * 0.5 * (1 + erf(x / np.sqrt(2)))

# %% gelu | wrong | did you forget `return`
def gelu(x):
    x = np.asarray(x, float)
    0.5 * x * (1 + erf(x / np.sqrt(2)))

# %% gelu | wrong | changes its argument
def gelu(x):
    x = np.asarray(x)
    phi = 0.5 * (1 + erf(x / np.sqrt(2)))
    if x.dtype == float and x.ndim:
        x *= phi
        return x
    return x * phi

# %% derivative | correct | half of the two one-sided ones
def derivative(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    middle = f(x)
    return ((f(x + h) - middle) / h + (middle - f(x - h)) / h) / 2

# %% derivative | correct | lambda
derivative = lambda f, x, h=1e-5: (f(np.add(x, h)) - f(np.subtract(x, h))) / h / 2

# %% derivative | correct | one entry at a time
def derivative(f, x, h=1e-5):
    if np.ndim(x) == 0:
        return (f(x + h) - f(x - h)) / (2 * h)
    return np.array([derivative(f, v, h) for v in x])

# %% derivative | wrong | brackets around the difference
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return f(x + h) - f(x - h) / (2 * h)

# %% derivative | wrong | rise alone
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return f(x + h) - f(x - h)

# %% derivative | wrong | x to x + h only
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - f(x)) / h

# %% derivative | wrong | x - h to x only
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x) - f(x - h)) / h

# %% derivative | wrong | 2h apart
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / h

# %% derivative | wrong | brackets around
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / 2 * h

# %% derivative | wrong | comes first
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x - h) - f(x + h)) / (2 * h)

# %% derivative | wrong | use the h that was given
def derivative(f, x, h=1e-5):
    x, h = np.asarray(x, float), 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)

# %% derivative | wrong | start with x = np.asarray(x, float)
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)

# %% derivative | wrong | the default is 1e-5
def derivative(f, x, h=0.1):
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / (2 * h)

# %% derivative | wrong | divided by the run
def derivative(f, x, h=1e-5):
    return np.gradient(f(np.asarray(x, float)), x)

# %% derivative | wrong | return a numpy array
def derivative(f, x, h=1e-5):
    return [(f(v + h) - f(v - h)) / (2 * h) for v in x]

# %% derivative | wrong | changes its argument
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    if x.ndim == 0:
        return (f(x + h) - f(x - h)) / (2 * h)
    x += h
    up = f(x)
    x -= 2 * h
    return (up - f(x)) / (2 * h)
