# Lesson 07: correct answers that must get full marks, and wrong ones with a part of the hint they must draw.
# ruff: noqa: F811, F821

# %% softmax | correct | through log_softmax
def log_softmax(z):
    z = np.asarray(z) - np.max(z, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def softmax(z):
    return np.exp(log_softmax(z))

# %% softmax | correct | scipy
from scipy.special import log_softmax as scipy_log_softmax
from scipy.special import softmax as scipy_softmax


def softmax(z):
    return scipy_softmax(np.array(z, float), axis=-1)


def log_softmax(z):
    return scipy_log_softmax(np.array(z, float), axis=-1)

# %% softmax | correct | logaddexp and a loop over rows
def log_softmax(z):
    z = np.array(z, dtype=float)
    rows = z.reshape(-1, z.shape[-1])
    return np.array([row - np.logaddexp.reduce(row) for row in rows]).reshape(z.shape)


def softmax(z):
    z = np.array(z, dtype=float)
    rows = z.reshape(-1, z.shape[-1])
    out = [np.exp(row - max(row)) / sum(np.exp(row - max(row))) for row in rows]
    return np.array(out).reshape(z.shape)

# %% softmax | wrong | left the range of floats
def softmax(z):
    e = np.exp(np.asarray(z, float))
    return e / e.sum(-1, keepdims=True)


def log_softmax(z):
    z = np.asarray(z, float)
    z = z - z.max(-1, keepdims=True)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))

# %% softmax | wrong | before its logarithm was taken
def softmax(z):
    z = np.asarray(z, float)
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def log_softmax(z):
    return np.log(softmax(z))

# %% softmax | wrong | axis=-1
def softmax(z):
    z = np.asarray(z, float)
    e = np.exp(z - z.max(0, keepdims=True))
    return e / e.sum(0, keepdims=True)


def log_softmax(z):
    return np.log(softmax(z))

# %% softmax | wrong | own sum
def softmax(z):
    e = np.exp(np.asarray(z, float) - np.max(z))
    return e / e.sum()


def log_softmax(z):
    return np.log(softmax(z))

# %% softmax | wrong | divide by the sum
def softmax(z):
    return np.exp(np.asarray(z, float))


def log_softmax(z):
    return np.asarray(z, float)

# %% softmax | wrong | not the largest of all
def softmax(z):
    z = np.asarray(z, float)
    e = np.exp(z - z.max())
    return e / e.sum(-1, keepdims=True)


def log_softmax(z):
    z = np.asarray(z, float)
    z = z - z.max(-1, keepdims=True)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))

# %% softmax | wrong | only inside the sum
def softmax(z):
    z = np.asarray(z, float)
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def log_softmax(z):
    z = np.asarray(z, float)
    top = z.max(-1, keepdims=True)
    return (z if np.abs(z).max() > 500 else z - top) - np.log(np.exp(z - top).sum(-1, keepdims=True))

# %% softmax | wrong | changes its argument
def softmax(z):
    z = np.asarray(z, dtype=float)
    z -= z.max(-1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(-1, keepdims=True)


def log_softmax(z):
    return np.log(softmax(np.array(z)))

# %% softmax | wrong | the exponentials are missing
def softmax(z):
    z = np.asarray(z, float)
    return z / z.sum(-1, keepdims=True)


def log_softmax(z):
    return np.log(softmax(z))

# %% bce_with_logits | correct | logaddexp
def bce_with_logits(z, y):
    z, y = np.asarray(z, float), np.asarray(y, float)
    return float((np.logaddexp(0, z) - y * z).mean())


def bce_gradient(z, y):
    return expit(np.array(z, float)) - np.array(y, float)


def mse_gradient(z, y):
    return bce_gradient(z, y) * expit(np.array(z, float)) * expit(-np.array(z, float))

# %% bce_with_logits | correct | by cases
def bce_with_logits(z, y):
    z, y = np.asarray(z, float), np.asarray(y)
    wrong = np.where(y == 1, -z, z)
    return np.mean(np.where(wrong > 0, wrong + np.log1p(np.exp(-np.abs(z))), np.log1p(np.exp(-np.abs(z)))))


def bce_gradient(z, y):
    return np.where(np.asarray(y) == 1, -expit(-np.asarray(z, float)), expit(np.asarray(z, float)))


def mse_gradient(z, y):
    s = expit(np.asarray(z, float))
    return (s - y) * (s - s * s)

# %% bce_with_logits | correct | loops
import math


def bce_with_logits(z, y):
    pairs = list(zip(np.ravel(z).tolist(), np.ravel(y).tolist()))
    return sum(max(a, 0) - a * t + math.log1p(math.exp(-abs(a))) for a, t in pairs) / len(pairs)


def bce_gradient(z, y):
    p = 0.5 * (1 + np.tanh(np.asarray(z, float) / 2))
    return p - y


def mse_gradient(z, y):
    p = 0.5 * (1 + np.tanh(np.asarray(z, float) / 2))
    return (p - y) * p * (1 - p)

# %% bce_with_logits | wrong | at large logits
def bce_with_logits(z, y):
    p, y = expit(np.asarray(z, float)), np.asarray(y)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def bce_gradient(z, y):
    return expit(np.asarray(z, float)) - np.asarray(y)


def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return (p - np.asarray(y)) * p * (1 - p)

# %% bce_with_logits | wrong | the mean over the examples
def bce_with_logits(z, y):
    return np.sum(np.logaddexp(0, z) - np.asarray(y) * np.asarray(z))


def bce_gradient(z, y):
    return expit(np.asarray(z, float)) - np.asarray(y)


def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return (p - np.asarray(y)) * p * (1 - p)

# %% bce_with_logits | wrong | its 2 cancels
def bce_with_logits(z, y):
    return np.mean(np.logaddexp(0, z) - np.asarray(y) * np.asarray(z))


def bce_gradient(z, y):
    return expit(np.asarray(z, float)) - np.asarray(y)


def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return 2 * (p - np.asarray(y)) * p * (1 - p)

# %% bce_with_logits | wrong | the factor p (1
def bce_with_logits(z, y):
    return np.mean(np.logaddexp(0, z) - np.asarray(y) * np.asarray(z))


def bce_gradient(z, y):
    return expit(np.asarray(z, float)) - np.asarray(y)


def mse_gradient(z, y):
    return expit(np.asarray(z, float)) - np.asarray(y)

# %% bce_with_logits | wrong | divided by the number
def bce_with_logits(z, y):
    return np.mean(np.logaddexp(0, z) - np.asarray(y) * np.asarray(z))


def bce_gradient(z, y):
    return (expit(np.asarray(z, float)) - np.asarray(y)) / np.size(z)


def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return (p - np.asarray(y)) * p * (1 - p) / np.size(z)

# %% bce_with_logits | wrong | sign is turned round
def bce_with_logits(z, y):
    return np.mean(np.asarray(y) * np.asarray(z) - np.logaddexp(0, z))


def bce_gradient(z, y):
    return np.asarray(y) - expit(np.asarray(z, float))


def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return (np.asarray(y) - p) * p * (1 - p)

# %% bce_with_logits | wrong | which does not overflow
def bce_with_logits(z, y):
    return np.mean(np.logaddexp(0, z) - np.asarray(y) * np.asarray(z))


def bce_gradient(z, y):
    return 1 / (1 + np.exp(-np.asarray(z, float))) - np.asarray(y)


def mse_gradient(z, y):
    p = 1 / (1 + np.exp(-np.asarray(z, float)))
    return (p - np.asarray(y)) * p * (1 - p)

# %% bce_with_logits | wrong | cancels in cross-entropy
def bce_with_logits(z, y):
    return np.mean(np.logaddexp(0, z) - np.asarray(y) * np.asarray(z))


def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return (p - np.asarray(y)) * p * (1 - p)


bce_gradient = mse_gradient

# %% bce_with_logits | wrong | did you forget `return`
def bce_with_logits(z, y):
    np.mean(np.logaddexp(0, z) - np.asarray(y) * np.asarray(z))


def bce_gradient(z, y):
    return expit(np.asarray(z, float)) - np.asarray(y)


def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return (p - np.asarray(y)) * p * (1 - p)

# %% output_head | correct | the other words, by if
def output_head(task):
    if task == "regression":
        return "identity", "mse"
    if task == "positive":
        return "exp", "mse"
    if task == "multiclass":
        return "softmax", "ce"
    if task in ("binary", "multilabel"):
        return "sigmoid", "binary cross-entropy"
    raise ValueError("known tasks: regression, binary, multiclass, multilabel, positive")

# %% output_head | correct | match
def output_head(task):
    match task:
        case "regression":
            return ("linear", "mse")
        case "positive":
            return ("softplus", "mse")
        case "multiclass":
            return ("softmax", "cross-entropy")
        case "binary" | "multilabel":
            return ("sigmoid", "bce")
    raise ValueError(f"{task}: expected regression, binary, multiclass, multilabel or positive")

# %% output_head | correct | KeyError turned into ValueError, a list
def output_head(task):
    table = dict(regression=["linear", "mse"], binary=["sigmoid", "bce"], multiclass=["softmax", "ce"],
                 multilabel=["sigmoid", "bce"], positive=["softplus", "mse"])
    try:
        return table[task]
    except KeyError as error:
        raise ValueError(f"not one of {list(table)}") from error

# %% output_head | wrong | tags compete
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
             "multilabel": ("softmax", "ce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]

# %% output_head | wrong | a dead one could never
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("relu", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]

# %% output_head | wrong | through a sigmoid goes flat
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("sigmoid", "mse"), "multiclass": ("softmax", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]

# %% output_head | wrong | raise ValueError
def output_head(task):
    return {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
            "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}[task]

# %% output_head | wrong | name the five known tasks
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError("unknown task")
    return heads[task]

# %% output_head | wrong | must add up to 1
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("sigmoid", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]

# %% output_head | wrong | is always 1
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("softmax", "ce"), "multiclass": ("softmax", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]

# %% output_head | wrong | no activation at the end
def output_head(task):
    heads = {"regression": ("relu", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]

# %% output_head | wrong | words that the docstring lists
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("Sigmoid", "BCE"), "multiclass": ("softmax", "nll"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]

# %% choose | correct | tanh and xavier
def choose(depth, task):
    output, loss = output_head(task)
    return dict(hidden="tanh", init="xavier", output=output, loss=loss)

# %% choose | correct | elu, by depth
def choose(depth, task):
    net = {"hidden": "elu" if depth > 3 else "relu", "init": "he"}
    net["output"], net["loss"] = output_head(task)
    return net

# %% choose | correct | gelu
def choose(depth, task):
    ends = {"regression": ("identity", "mse"), "binary": ("sigmoid", "binary cross-entropy"), "multiclass": ("softmax", "ce")}
    return {"hidden": "gelu", "init": "he", "output": ends[task][0], "loss": ends[task][1]}

# %% choose | correct | leaky
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "leaky 0.1", "init": "he", "output": output, "loss": loss}

# %% choose | wrong | twelve sigmoid layers
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "sigmoid", "init": "xavier4", "output": output, "loss": loss}

# %% choose | wrong | which start makes up
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "relu", "init": "xavier", "output": output, "loss": loss}

# %% choose | wrong | vanish within a few layers
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "tanh", "init": "he" if depth < 5 else "small", "output": output, "loss": loss}

# %% choose | wrong | two hidden layers do not learn
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "relu", "init": "small", "output": output, "loss": loss}

# %% choose | wrong | does not suit every task
def choose(depth, task):
    output, loss = ("linear", "mse") if task == "regression" else ("softmax", "cross-entropy")
    return {"hidden": "relu", "init": "he", "output": output, "loss": loss}

# %% choose | wrong | does not suit a regression
def choose(depth, task):
    return {"hidden": "relu", "init": "he", "output": "softmax", "loss": "cross-entropy"}

# %% choose | wrong | exactly the keys
def choose(depth, task):
    output, loss = output_head(task)
    return {"activation": "relu", "init": "he", "output": output, "loss": loss}

# %% choose | wrong | words that the docstring lists
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "ReLU", "init": "kaiming", "output": output, "loss": loss}

# %% choose | wrong | meant for the sigmoid
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "relu", "init": "he" if depth < 5 else "xavier4", "output": output, "loss": loss}

# %% speedup | correct | loop
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    ratios = []
    for _ in range(1500):
        a = rng.choice(slow, size=len(slow), replace=True)
        b = rng.choice(fast, size=len(fast), replace=True)
        ratios.append(np.median(a) / np.median(b))
    return float(np.median(slow) / np.median(fast)), float(np.quantile(ratios, 0.025)), float(np.quantile(ratios, 0.975))

# %% speedup | correct | RandomState and integer indices, an array of three
def speedup(slow, fast, seed=0):
    rng = np.random.RandomState(seed)
    slow, fast = np.array(slow), np.array(fast)
    i = rng.randint(0, len(slow), (4000, len(slow)))
    j = rng.randint(0, len(fast), (4000, len(fast)))
    r = np.sort(np.median(slow[i], 1) / np.median(fast[j], 1))
    return [np.median(slow) / np.median(fast), r[100], r[3899]]

# %% speedup | correct | the standard library
import random
import statistics


def speedup(slow, fast, seed=0):
    dice = random.Random(seed)
    slow, fast = list(slow), list(fast)
    middle = statistics.median
    r = sorted(middle(dice.choices(slow, k=len(slow))) / middle(dice.choices(fast, k=len(fast))) for _ in range(2000))
    return middle(slow) / middle(fast), r[50], r[1949]

# %% speedup | wrong | fast over slow
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.median(fast) / np.median(slow), *np.percentile(b / a, [2.5, 97.5]))

# %% speedup | wrong | ratio of means
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.mean(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.mean(slow) / np.mean(fast), *np.percentile(a / b, [2.5, 97.5]))

# %% speedup | wrong | a 90 % interval
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.median(slow) / np.median(fast), *np.percentile(a / b, [5, 95]))

# %% speedup | wrong | with replacement
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    r = [np.median(rng.permutation(slow)) / np.median(rng.permutation(fast)) for _ in range(1000)]
    return (np.median(slow) / np.median(fast), *np.percentile(r, [2.5, 97.5]))

# %% speedup | wrong | wrong order
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.median(slow) / np.median(fast), *np.percentile(a / b, [97.5, 2.5]))

# %% speedup | wrong | only `slow` was drawn
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a = np.median(rng.choice(slow, (2000, len(slow))), axis=1)
    return (np.median(slow) / np.median(fast), *np.percentile(a / np.median(fast), [2.5, 97.5]))

# %% speedup | wrong | spread of single nets
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    r = rng.choice(slow, 2000) / rng.choice(fast, 2000)
    return (np.median(slow) / np.median(fast), *np.percentile(r, [2.5, 97.5]))

# %% speedup | wrong | the same seed must give
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng()
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.median(slow) / np.median(fast), *np.percentile(a / b, [2.5, 97.5]))

# %% speedup | wrong | without any draw
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.mean(a / b), *np.percentile(a / b, [2.5, 97.5]))

# %% my_activation | correct | swish
def my_activation(x):
    x = np.asarray(x, float)
    return x * expit(x)


def my_activation_prime(x):
    s = expit(np.asarray(x, float))
    return s + np.asarray(x) * s * (1 - s)

# %% my_activation | correct | softplus
def my_activation(x):
    return np.logaddexp(0, np.asarray(x, float))


def my_activation_prime(x):
    return expit(np.asarray(x, float))

# %% my_activation | correct | a sine
my_activation, my_activation_prime = np.sin, np.cos

# %% my_activation | correct | leaky, as a boolean mask
def my_activation(x):
    x = np.asarray(x)
    return x * np.where(x > 0, 1, 0.2)


def my_activation_prime(x):
    return 0.2 + 0.8 * (np.asarray(x) > 0)

# %% my_activation | correct | ELU
def my_activation(x):
    x = np.asarray(x, float)
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def my_activation_prime(x):
    return np.exp(np.minimum(np.asarray(x, float), 0))

# %% my_activation | correct | half tanh, half ReLU
def my_activation(x):
    x = np.asarray(x, float)
    return 0.5 * np.tanh(x) + 0.5 * np.maximum(x, 0)


def my_activation_prime(x):
    x = np.asarray(x, float)
    return 0.5 * (1 - np.tanh(x) ** 2) + 0.5 * (x > 0)

# %% my_activation | correct | absolute value
def my_activation(x):
    return np.abs(x)


def my_activation_prime(x):
    return np.sign(x)

# %% my_activation | correct | softsign
def my_activation(x):
    x = np.asarray(x, float)
    return x / (1 + np.abs(x))


def my_activation_prime(x):
    return 1 / (1 + np.abs(np.asarray(x, float))) ** 2

# %% my_activation | wrong | straight line
def my_activation(x):
    return 2 * np.asarray(x, float) + 1


def my_activation_prime(x):
    return np.full(np.shape(x), 2.0)

# %% my_activation | wrong | not that of your activation
def my_activation(x):
    return np.tanh(np.asarray(x, float)) + np.asarray(x) / 2


def my_activation_prime(x):
    return 1 - np.tanh(np.asarray(x, float)) ** 2

# %% my_activation | wrong | check every piece
def my_activation(x):
    x = np.asarray(x, float)
    return np.where(x > 3, 3 + (x - 3) / 2, np.where(x > 0, x, 0.1 * x))


def my_activation_prime(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.1)

# %% my_activation | wrong | flat almost everywhere
def my_activation(x):
    return np.floor(np.asarray(x, float))


def my_activation_prime(x):
    return np.zeros(np.shape(x))

# %% my_activation | wrong | flat everywhere
def my_activation(x):
    return np.maximum(np.asarray(x, float) - 8, 0)


def my_activation_prime(x):
    return 1.0 * (np.asarray(x) > 8)

# %% my_activation | wrong | blew up
def my_activation(x):
    return np.asarray(x, float) ** 3


def my_activation_prime(x):
    return 3 * np.asarray(x, float) ** 2

# %% my_activation | wrong | trains too slowly
def my_activation(x):
    return 0.01 * np.tanh(np.asarray(x, float))


def my_activation_prime(x):
    return 0.01 * (1 - np.tanh(np.asarray(x, float)) ** 2)

# %% my_activation | wrong | by itself
def my_activation(x):
    x = np.asarray(x, float)
    return np.tanh(x - x.mean())


def my_activation_prime(x):
    x = np.asarray(x, float)
    return 1 - np.tanh(x - x.mean()) ** 2

# %% my_activation | wrong | np.asarray first
def my_activation(x):
    return x * (x > 0) + 0.1 * x * (x <= 0)


def my_activation_prime(x):
    return 1.0 * (x > 0) + 0.1 * (x <= 0)

# %% my_activation | wrong | raised ValueError
def my_activation(x):
    return x if x > 0 else 0.0


def my_activation_prime(x):
    return 1.0 if x > 0 else 0.0

# %% my_activation | wrong | left the range
def my_activation(x):
    x = np.asarray(x, float)
    return np.tanh(x) + np.exp(x * x) * 1e-300


def my_activation_prime(x):
    x = np.asarray(x, float)
    return 1 - np.tanh(x) ** 2
