# Lesson 07: right answers, wrong ones with their hints, and a second hint for each exercise. See CONTRIBUTING.md.


exercise("softmax", "exp of each logit over the sum of its row, and the logarithm of that. Subtract each row's largest "
                    "logit first; work along the last axis, with keepdims=True.",
         more="""
    Three parties got 2, 4 and 10 thousand votes. Their shares are 2/16, 4/16 and 10/16: each over the sum of its
    own election. In the next town the votes were 30, 10 and 60, and its sum is 100. Two towns, two sums: never one
    sum for both.

    Softmax does the same with exp of the scores as votes. If all votes of a town double, its shares stay. Dividing
    all votes by those of the largest party changes nothing either, and no number gets large. For the logarithm of a
    share, subtract: ln 2 − ln 16, with no division.
    """)


def _log(z, axis=-1):
    z = np.asarray(z, float)
    z = z - z.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


@right
def log_softmax(z):
    z = np.asarray(z) - np.max(z, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


@right
def softmax(z):
    return np.exp(log_softmax(z))


from scipy.special import log_softmax as scipy_log_softmax
from scipy.special import softmax as scipy_softmax


@right
def softmax(z):
    return scipy_softmax(np.array(z, float), axis=-1)


@right
def log_softmax(z):
    return scipy_log_softmax(np.array(z, float), axis=-1)


@right
def log_softmax(z):
    z = np.array(z, dtype=float)
    rows = z.reshape(-1, z.shape[-1])
    return np.array([row - np.logaddexp.reduce(row) for row in rows]).reshape(z.shape)


@right
def softmax(z):
    z = np.array(z, dtype=float)
    rows = z.reshape(-1, z.shape[-1])
    out = [np.exp(row - max(row)) / sum(np.exp(row - max(row))) for row in rows]
    return np.array(out).reshape(z.shape)


@wrong("An exponential left the range of floats: subtract the largest logit of each row first.")
def softmax(z):
    e = np.exp(np.asarray(z, float))
    return e / e.sum(-1, keepdims=True)


@wrong("A probability became 0 before its logarithm was taken: use z minus the log of the sum, not log(softmax(z)).")
def log_softmax(z):
    return np.log(softmax(z))


@wrong("Each row has its own sum: use axis=-1 and keepdims=True.")
def softmax(z):
    z = np.asarray(z, float)
    e = np.exp(z - z.max(0, keepdims=True))
    return e / e.sum(0, keepdims=True)


@wrong("Each row has its own sum: use axis=-1 and keepdims=True.")
def softmax(z):
    e = np.exp(np.asarray(z, float) - np.max(z))
    return e / e.sum()


@wrong("Divide by the sum, so that all add up to 1.")
def softmax(z):
    return np.exp(np.asarray(z, float))


@wrong("Each row needs its own largest logit: axis=-1, not the largest of all.")
def softmax(z):
    z = np.asarray(z, float)
    e = np.exp(z - z.max())
    return e / e.sum(-1, keepdims=True)


@wrong("The largest logit was subtracted only inside the sum: do it in both places.")
def log_softmax(z):
    z = np.asarray(z, float)
    top = z.max(-1, keepdims=True)
    return (z if np.abs(z).max() > 500 else z - top) - np.log(np.exp(z - top).sum(-1, keepdims=True))


@wrong("The exponentials are missing.")
def softmax(z):
    z = np.asarray(z, float)
    return z / z.sum(-1, keepdims=True)


@wrong("The largest logit was subtracted twice.")
def log_softmax(z):
    return _log(z) - np.max(z, -1, keepdims=True)


@wrong("The largest logit was subtracted only inside the sum: do it in both places.")
def log_softmax(z):
    return _log(z) + np.max(z, -1, keepdims=True)


@wrong("That is log_softmax: here the probabilities themselves are asked for.")
def softmax(z):
    return log_softmax(z)


@wrong("That is softmax: here its logarithm is asked for.")
def log_softmax(z):
    return softmax(z)


@wrong("That is a logarithm to base 2: np.log is the natural one.")
def log_softmax(z):
    return solution.log_softmax(z) / np.log(2)


@wrong("The sign is turned round: logarithms of probabilities are negative.")
def log_softmax(z):
    return -solution.log_softmax(z)


@wrong("Divide by the sum, so that all add up to 1.")
def softmax(z):
    z = np.asarray(z, float)
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.max(-1, keepdims=True)


@wrong("Divide by the sum, so that all add up to 1.")
def softmax(z):
    z = np.asarray(z, float)
    return np.exp(z) / np.mean(np.exp(z), -1, keepdims=True)


@wrong("Each row has its own sum: use axis=-1 and keepdims=True.")
def softmax(z):
    z = np.asarray(z, float)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1)


@wrong("An exponential left the range of floats: subtract the largest logit of each row first.")
def log_softmax(z):
    z = np.asarray(z, float)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))


@wrong("Something small added or cut off inside the logarithm bends it: use z minus the log of the sum.")
def log_softmax(z):
    return np.log(softmax(z) + 1e-12)


@wrong("Something small added or cut off inside the logarithm bends it: use z minus the log of the sum.")
def log_softmax(z):
    return np.log(np.maximum(softmax(z), 1e-12))


@wrong("The logarithm of the sum is asked for, not the sum of the logarithms.")
def log_softmax(z):
    z = np.asarray(z, float) - np.max(z, -1, keepdims=True)
    return z - z.sum(-1, keepdims=True)


@wrong("The last axis is -1; an axis 1 exists only where there are two or more.")
def softmax(z):
    z = np.asarray(z, float)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("The last axis is -1; an axis 1 exists only where there are two or more.")
def log_softmax(z):
    return _log(z, 1)


@wrong("Each row needs its own largest logit and its own sum: axis=-1, not the whole array.")
def log_softmax(z):
    z = np.asarray(z, float) - np.max(z)
    return z - np.log(np.exp(z).sum())


@wrong("Each row needs its own largest logit: axis=-1, not the largest of all.")
def log_softmax(z):
    z = np.asarray(z, float) - np.max(z)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))


@wrong("Subtract the largest logit, not the mean: what is above the mean can still overflow.")
def softmax(z):
    e = np.exp(np.asarray(z, float) - np.mean(z, -1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


@wrong("Subtract the largest logit, not the mean: what is above the mean can still overflow.")
def log_softmax(z):
    z = np.asarray(z, float) - np.mean(z, -1, keepdims=True)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))


@wrong("exp(z), not exp(−z): the largest logit gets the largest share.")
def softmax(z):
    return solution.softmax(-np.asarray(z, float))


@wrong("exp(z), not exp(−z): the largest logit gets the largest share.")
def log_softmax(z):
    return _log(-np.asarray(z, float))


@wrong("The base is e: np.exp, not 2 to the power of z.")
def softmax(z):
    return solution.softmax(np.asarray(z, float) * np.log(2))


@wrong("That is the sigmoid of each logit: a softmax divides by the sum of all exponentials.")
def softmax(z):
    return 1 / (1 + np.exp(-np.asarray(z, float)))


@wrong("That is a logarithm to base 10: np.log is the natural one.")
def log_softmax(z):
    return solution.log_softmax(z) / np.log(10)


@wrong("The log of the sum is missing: the logits less their maximum do not add up to probabilities yet.")
def log_softmax(z):
    return np.asarray(z, float) - np.max(z, -1, keepdims=True)


@wrong("The exponentials are missing in the sum: the log of the sum of exp(z).")
def log_softmax(z):
    z = np.asarray(z, float)
    return z - np.log(np.abs(z.sum(-1, keepdims=True)))


@wrong("The largest entry gets 1 and the others 0: softmax gives shares of all.")
def softmax(z):
    z = np.asarray(z, float)
    return (z == z.max(-1, keepdims=True)) * 1.0


@wrong("The last axis is -1; axis 1 is the last one of a table only.")
def softmax(z):
    z = np.asarray(z, float)
    axis = 1 if z.ndim > 1 else 0
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@wrong("That is the logarithm of the sum: it has still to be taken from each logit.")
def log_softmax(z):
    z = np.asarray(z, float)
    return np.logaddexp.reduce(z, axis=-1, keepdims=True)


exercise("bce_with_logits", "The mean over all examples of max(z, 0) − y z + log(1 + exp(−|z|)). The slopes: "
                            "sigmoid(z) − y, and for squared error the same times p (1 − p).",
         more="""
    A forecaster says rain with 0.8. If it rains, the cost is −ln 0.8 = 0.223; if not, −ln 0.2 = 1.609. For ten
    days, take the mean of ten costs. Her score for rain is z = ln(0.8 / 0.2) = 1.386, and a day without rain would
    have cost z more: 1.386 + 0.223 = 1.609.

    How should the score move? By share less truth: 0.8 − 1 = −0.2 after rain, 0.8 after a dry day. With squared
    error the same push is weakened by 0.8 · 0.2 = 0.16. For somebody who said 0.999 it is weakened to almost
    nothing.
    """)


def _cost(z, y):
    return np.logaddexp(0, np.asarray(z, float)) - np.asarray(y) * np.asarray(z, float)


@right
def bce_with_logits(z, y):
    z, y = np.asarray(z, float), np.asarray(y, float)
    return float((np.logaddexp(0, z) - y * z).mean())


@right
def bce_gradient(z, y):
    return expit(np.array(z, float)) - np.array(y, float)


@right
def mse_gradient(z, y):
    return bce_gradient(z, y) * expit(np.array(z, float)) * expit(-np.array(z, float))


@right
def bce_with_logits(z, y):
    z, y = np.asarray(z, float), np.asarray(y)
    wrong = np.where(y == 1, -z, z)
    return np.mean(np.where(wrong > 0, wrong + np.log1p(np.exp(-np.abs(z))), np.log1p(np.exp(-np.abs(z)))))


@right
def bce_gradient(z, y):
    return np.where(np.asarray(y) == 1, -expit(-np.asarray(z, float)), expit(np.asarray(z, float)))


@right
def mse_gradient(z, y):
    s = expit(np.asarray(z, float))
    return (s - y) * (s - s * s)


import math


@right
def bce_with_logits(z, y):
    pairs = list(zip(np.ravel(z).tolist(), np.ravel(y).tolist()))
    return sum(max(a, 0) - a * t + math.log1p(math.exp(-abs(a))) for a, t in pairs) / len(pairs)


@right
def bce_gradient(z, y):
    p = 0.5 * (1 + np.tanh(np.asarray(z, float) / 2))
    return p - y


@right
def mse_gradient(z, y):
    p = 0.5 * (1 + np.tanh(np.asarray(z, float) / 2))
    return (p - y) * p * (1 - p)


@wrong("At large logits an exp overflows or a log meets 0. Use the form with max(z, 0) and exp(−|z|).")
def bce_with_logits(z, y):
    p, y = expit(np.asarray(z, float)), np.asarray(y)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("At large logits an exp overflows or a log meets 0. Use the form with max(z, 0) and exp(−|z|).")
def bce_with_logits(z, y):
    return np.mean(np.log(1 + np.exp(z)) - np.asarray(y) * np.asarray(z))


@wrong("That is the sum: the mean over the examples is asked for.")
def bce_with_logits(z, y):
    return np.sum(np.logaddexp(0, z) - np.asarray(y) * np.asarray(z))


@wrong("With the ½ in front of the square, its 2 cancels.")
def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return 2 * (p - np.asarray(y)) * p * (1 - p)


@wrong("The error goes through the sigmoid: the factor p (1 − p) is missing.")
def mse_gradient(z, y):
    return expit(np.asarray(z, float)) - np.asarray(y)


@wrong("The slopes were divided by the number of examples.")
def bce_gradient(z, y):
    return (expit(np.asarray(z, float)) - np.asarray(y)) / np.size(z)


@wrong("The slopes were divided by the number of examples.")
def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return (p - np.asarray(y)) * p * (1 - p) / np.size(z)


@wrong("The sign is turned round: a cost is positive.")
def bce_with_logits(z, y):
    return np.mean(np.asarray(y) * np.asarray(z) - np.logaddexp(0, z))


@wrong("The sign is turned round: at y = 1 the cost falls as z grows.")
def bce_gradient(z, y):
    return np.asarray(y) - expit(np.asarray(z, float))


@wrong("The sign is turned round: at y = 1 the cost falls as z grows.")
def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return (np.asarray(y) - p) * p * (1 - p)


@wrong("Use `expit`, which does not overflow.")
def bce_gradient(z, y):
    return 1 / (1 + np.exp(-np.asarray(z, float))) - np.asarray(y)


@wrong("Use `expit`, which does not overflow.")
def mse_gradient(z, y):
    p = 1 / (1 + np.exp(-np.asarray(z, float)))
    return (p - np.asarray(y)) * p * (1 - p)


@wrong("The labels are turned round: at y = 1 a large z costs nothing.")
def bce_with_logits(z, y):
    return _cost(z, 1 - y).mean()


@wrong("The term for the label 0 is missing.")
def bce_with_logits(z, y):
    return (y * _cost(z, y)).mean()


@wrong("z is the logit already: no sigmoid before the formula.")
def bce_with_logits(z, y):
    return _cost(expit(z), y).mean()


@wrong("That is a logarithm to base 2: np.log is the natural one.")
def bce_with_logits(z, y):
    return solution.bce_with_logits(z, y) / np.log(2)


@wrong("One number is asked for: the mean over all examples.")
def bce_with_logits(z, y):
    return _cost(z, y)


@wrong("One slope for each example is asked for, not their mean.")
def bce_gradient(z, y):
    return solution.bce_gradient(z, y).mean()


@wrong("The output is the sigmoid of z, not z itself.")
def bce_gradient(z, y):
    return np.asarray(z) - np.asarray(y)


@wrong("The factor p (1 − p) cancels in cross-entropy: only sigmoid(z) − y is left.")
def bce_gradient(z, y):
    return solution.mse_gradient(z, y)


@wrong("y times z is subtracted, not added.")
def bce_with_logits(z, y):
    z, y = np.asarray(z, float), np.asarray(y)
    return np.mean(np.logaddexp(0, z) + y * z)


@wrong("exp(−|z|): the minus is missing.")
def bce_with_logits(z, y):
    z, y = np.asarray(z, float), np.asarray(y)
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(np.abs(z))))


@wrong("For a negative z too much is counted: max(z, 0) in front, and exp(−|z|) in the logarithm.")
def bce_with_logits(z, y):
    z, y = np.asarray(z, float), np.asarray(y)
    return np.mean(np.abs(z) - y * z + np.log1p(np.exp(-np.abs(z))))


@wrong("z stands where max(z, 0) is asked for.")
def bce_with_logits(z, y):
    z, y = np.asarray(z, float), np.asarray(y)
    return np.mean(z - y * z + np.log1p(np.exp(-np.abs(z))))


@wrong("max(z, 0) is missing.")
def bce_with_logits(z, y):
    z, y = np.asarray(z, float), np.asarray(y)
    return np.mean(-y * z + np.log1p(np.exp(-np.abs(z))))


@wrong("The term y z is missing: without it the labels have no influence.")
def bce_with_logits(z, y):
    return np.mean(np.logaddexp(0, np.asarray(z, float)))


@wrong("Cutting p off bends the cost: work with the logits, max(z, 0) − y z + log(1 + exp(−|z|)).")
def bce_with_logits(z, y):
    p, y = np.clip(expit(np.asarray(z, float)), 1e-12, 1 - 1e-12), np.asarray(y)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("Cutting z off bends the cost far out: the form with max(z, 0) and exp(−|z|) needs no cut.")
def bce_with_logits(z, y):
    return _cost(np.clip(z, -30, 30), y).mean()


@wrong("Cutting z off bends the cost far out: the form with max(z, 0) and exp(−|z|) needs no cut.")
def bce_with_logits(z, y):
    return _cost(np.clip(z, -500, 500), y).mean()


@wrong("That is squared error, not cross-entropy.")
def bce_with_logits(z, y):
    return np.mean((expit(np.asarray(z, float)) - np.asarray(y)) ** 2) / 2


@wrong("The output is p = sigmoid(z), and its slope is p (1 − p), not z (1 − z).")
def mse_gradient(z, y):
    z = np.asarray(z, float)
    return (expit(z) - np.asarray(y)) * z * (1 - z)


@wrong("The output is the sigmoid of z, not z itself.")
def mse_gradient(z, y):
    z = np.asarray(z, float)
    return (z - np.asarray(y)) * expit(z) * expit(-z)


@wrong("That is the cost itself: its slope is asked for.")
def mse_gradient(z, y):
    return (expit(np.asarray(z, float)) - np.asarray(y)) ** 2 / 2


@wrong("That is the slope of the sigmoid alone: the error p − y is a factor too.")
def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return p * (1 - p)


@wrong("The sigmoid's slope has two factors, p and 1 − p: one is missing.")
def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return (p - np.asarray(y)) * p


@wrong("The sigmoid's slope has two factors, p and 1 − p: one is missing.")
def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return (p - np.asarray(y)) * (1 - p)


@wrong("The error counts once: (p − y) times p (1 − p), no square.")
def mse_gradient(z, y):
    p = expit(np.asarray(z, float))
    return (p - np.asarray(y)) ** 2 * p * (1 - p)


@wrong("One slope for each example is asked for, not their mean.")
def mse_gradient(z, y):
    return solution.mse_gradient(z, y).mean()


@wrong("One slope for each example is asked for, not their sum.")
def bce_gradient(z, y):
    return solution.bce_gradient(z, y).sum()


@wrong("That is the probability alone: subtract the label.")
def bce_gradient(z, y):
    return expit(np.asarray(z, float))


@wrong("That is the cost of each example: its slope is asked for.")
def bce_gradient(z, y):
    return _cost(z, y)


@wrong("Use `expit`, which does not overflow.")
def bce_gradient(z, y):
    z = np.asarray(z, float)
    return np.exp(z) / (1 + np.exp(z)) - np.asarray(y)


@wrong("Use `expit`, which does not overflow.")
def mse_gradient(z, y):
    p = np.exp(np.asarray(z, float)) / (1 + np.exp(np.asarray(z, float)))
    return (p - np.asarray(y)) * p * (1 - p)


@wrong("The ½ in front of the square is used up by the 2 of its slope: none is left.")
def mse_gradient(z, y):
    return solution.mse_gradient(z, y) / 2


@wrong("The second factor is the slope of the sigmoid, p (1 − p), not y (1 − y) with the label.")
def mse_gradient(z, y):
    y = np.asarray(y)
    return (expit(np.asarray(z, float)) - y) * y * (1 - y)


exercise("output_head", "A pair (output, loss) for each of the tasks, and ValueError that names the known ones for any "
                        "other.",
         more="""
    A waiter brings each dish with its sauce: fish with butter, steak with pepper. They go together, so the kitchen
    keeps pairs.

        def side_dish(dish):
            known = {"fish": ("rice", "butter"), "steak": ("fries", "pepper")}
            if dish not in known:
                raise ValueError(f"no {dish}: we have {', '.join(known)}")
            return known[dish]

    Somebody who orders soup hears what there is, instead of getting a random plate. For a task ask two things: what
    kind of number is the answer (any number, a share, shares that add up to 1), and which cost fits it.
    """)


@right
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


@right
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


@right
def output_head(task):
    table = dict(regression=["linear", "mse"], binary=["sigmoid", "bce"], multiclass=["softmax", "ce"],
                 multilabel=["sigmoid", "bce"], positive=["softplus", "mse"])
    try:
        return table[task]
    except KeyError as error:
        raise ValueError(f"not one of {list(table)}") from error


@wrong("With softmax the tags compete for one probability. Here several may be right at once.")
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
             "multilabel": ("softmax", "ce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]


@wrong("A ReLU gives 0, which is not above 0, and a dead one could never be trained again.")
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("relu", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]


@wrong("A sigmoid output goes with binary cross-entropy: squared error through a sigmoid goes flat.")
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("sigmoid", "mse"), "multiclass": ("softmax", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]


@wrong("For an unknown task raise ValueError.")
def output_head(task):
    return {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
            "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}[task]


@wrong("Say more in the message of your ValueError.")
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError("unknown task")
    return heads[task]


@wrong("Exactly one class is right, so the probabilities must add up to 1: that is softmax.")
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("sigmoid", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]


@wrong("Softmax over one output is always 1: a single yes or no takes a sigmoid.")
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("softmax", "ce"), "multiclass": ("softmax", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]


@wrong("Any number may be asked for: no activation at the end, and squared error. Return two texts.")
def output_head(task):
    heads = {"regression": ("relu", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]


@wrong("Use the words that the docstring lists.")
def output_head(task):
    heads = {"regression": ("linear", "mse"), "binary": ("Sigmoid", "BCE"), "multiclass": ("softmax", "nll"),
             "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse")}
    if task not in heads:
        raise ValueError(f"known: {list(heads)}")
    return heads[task]


def _heads(**other):
    return {"regression": ("linear", "mse"), "binary": ("sigmoid", "bce"), "multiclass": ("softmax", "ce"),
            "multilabel": ("sigmoid", "bce"), "positive": ("softplus", "mse"), **other}


@wrong("Any number may be asked for: no activation at the end, and squared error. Return two texts.")
def output_head(task):
    return _heads(regression=("tanh", "mse"))[task]


@wrong("Any number may be asked for: no activation at the end, and squared error. Return two texts.")
def output_head(task):
    return _heads(regression=("sigmoid", "mse"))[task]


@wrong("Any number may be asked for: no activation at the end, and squared error. Return two texts.")
def output_head(task):
    return _heads(regression=("softplus", "mse"))[task]


@wrong("The activation comes first, then the loss.")
def output_head(task):
    return _heads()[task][::-1]


@wrong("A number is asked for, so the loss of regression is the squared error, mse.")
def output_head(task):
    return _heads(regression=("linear", "bce"))[task]


@wrong("A number is asked for, so the loss of regression is the squared error, mse.")
def output_head(task):
    return _heads(regression=("linear", "cross-entropy"))[task]


@wrong("Return both: the activation, then the loss.")
def output_head(task):
    return _heads()[task][0]


@wrong("Only the five words themselves are tasks: raise ValueError for any other text.")
def output_head(task):
    if task.lower() not in _heads():
        raise ValueError(f"known: {list(_heads())}")
    return _heads()[task.lower()]


exercise("choose", "Let `output_head` choose the last layer for the task, and choose a hidden activation and a start "
                   "that let the signal through at this depth.",
         more="""
    To cross a lake you choose a boat and an oar that fits it, and the landing stage on the other side. The stage
    depends on where you go, not on how far it is. Boat and oar depend on how far it is: in a bathtub you cross ten
    metres, not ten kilometres.

    In a net the last layer depends on the task alone. Hidden activation and start form a pair: if each layer passes
    0.7 of the signal, two layers pass about half of it, and twelve layers pass 0.7¹² = 0.014. Choose a pair whose
    factor is near 1.
    """)


@right
def choose(depth, task):
    output, loss = output_head(task)
    return dict(hidden="tanh", init="xavier", output=output, loss=loss)


@right
def choose(depth, task):
    net = {"hidden": "elu" if depth > 3 else "relu", "init": "he"}
    net["output"], net["loss"] = output_head(task)
    return net


@right
def choose(depth, task):
    ends = {"regression": ("identity", "mse"), "binary": ("sigmoid", "binary cross-entropy"),
            "multiclass": ("softmax", "ce")}
    return {"hidden": "gelu", "init": "he", "output": ends[task][0], "loss": ends[task][1]}


@right
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "leaky 0.1", "init": "he", "output": output, "loss": loss}


@wrong("Twelve sigmoid layers hardly let an error signal through: choose another hidden activation.")
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "sigmoid", "init": "xavier4", "output": output, "loss": loss}


@wrong("ReLU and its relatives let about half of the signal through: which start makes up for that?")
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "relu", "init": "xavier", "output": output, "loss": loss}


@wrong("A start that small lets the signal vanish within a few layers: choose a wider one.")
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "tanh", "init": "he" if depth < 5 else "small", "output": output, "loss": loss}


@wrong("Two hidden layers do not learn with this hidden activation and start: remember lesson 4.")
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "relu", "init": "small", "output": output, "loss": loss}


@wrong("The last layer does not suit every task: let `output_head` choose it for the task that came in.")
def choose(depth, task):
    output, loss = ("linear", "mse") if task == "regression" else ("softmax", "cross-entropy")
    return {"hidden": "relu", "init": "he", "output": output, "loss": loss}


@wrong("The last layer does not suit every task: let `output_head` choose it for the task that came in.")
def choose(depth, task):
    return {"hidden": "relu", "init": "he", "output": "softmax", "loss": "cross-entropy"}


@wrong('Return a dict with exactly the keys "hidden", "init", "output" and "loss", for every task.')
def choose(depth, task):
    output, loss = output_head(task)
    return {"activation": "relu", "init": "he", "output": output, "loss": loss}


@wrong("Use the words that the docstring lists for the hidden activation and the start.")
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "ReLU", "init": "kaiming", "output": output, "loss": loss}


@wrong("That start is meant for the sigmoid: other activations explode or go flat under it.")
def choose(depth, task):
    output, loss = output_head(task)
    return {"hidden": "relu", "init": "he" if depth < 5 else "xavier4", "output": output, "loss": loss}


exercise("speedup", "The ratio is the median of slow over the median of fast. For the interval draw both arrays anew "
                    "with replacement, many times, and take the 2.5 and 97.5 percentiles of the ratios.",
         more="""
    Five friends need 8, 9, 10, 30 and 12 minutes to school. The median is 10, and 30 does not pull it up. How sure
    is that 10? Draw five times with replacement, say 9, 9, 30, 12, 8: the median is 9. Again: 10, 12, 12, 30, 10
    gives 12. After a thousand draws sort the medians, and cut off the lowest 2.5 percent and the highest 2.5
    percent.

        np.percentile(np.arange(101), [10, 90])

    gives 10 and 90: it wants percent, not shares. For a ratio of two groups draw both groups each time.
    """)


@right
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    ratios = []
    for _ in range(1500):
        a = rng.choice(slow, size=len(slow), replace=True)
        b = rng.choice(fast, size=len(fast), replace=True)
        ratios.append(np.median(a) / np.median(b))
    low, high = np.quantile(ratios, [0.025, 0.975])
    return float(np.median(slow) / np.median(fast)), float(low), float(high)


@right
def speedup(slow, fast, seed=0):
    rng = np.random.RandomState(seed)
    slow, fast = np.array(slow), np.array(fast)
    i = rng.randint(0, len(slow), (4000, len(slow)))
    j = rng.randint(0, len(fast), (4000, len(fast)))
    r = np.sort(np.median(slow[i], 1) / np.median(fast[j], 1))
    return [np.median(slow) / np.median(fast), r[100], r[3899]]


import random
import statistics


@right
def speedup(slow, fast, seed=0):
    dice = random.Random(seed)
    slow, fast = list(slow), list(fast)
    middle = statistics.median
    r = sorted(middle(dice.choices(slow, k=len(slow))) / middle(dice.choices(fast, k=len(fast))) for _ in range(2000))
    return middle(slow) / middle(fast), r[50], r[1949]


@wrong("That is fast over slow: how many times as long is asked for.")
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.median(fast) / np.median(slow), *np.percentile(b / a, [2.5, 97.5]))


@wrong("That is a ratio of means: use medians.")
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.mean(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.mean(slow) / np.mean(fast), *np.percentile(a / b, [2.5, 97.5]))


@wrong("np.percentile counts in percent, from 0 to 100; np.quantile in shares, from 0 to 1.")
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.median(slow) / np.median(fast), *np.percentile(a / b, [0.025, 0.975]))


@wrong("That is a 90 % interval: 2.5 % lie below it and 2.5 % above.")
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.median(slow) / np.median(fast), *np.percentile(a / b, [5, 95]))


@wrong("The interval has no width: draw with replacement, or every draw holds the same values.")
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    r = [np.median(rng.permutation(slow)) / np.median(rng.permutation(fast)) for _ in range(1000)]
    return (np.median(slow) / np.median(fast), *np.percentile(r, [2.5, 97.5]))


@wrong("The two ends stand in the wrong order: low, then high.")
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.median(slow) / np.median(fast), *np.percentile(a / b, [97.5, 2.5]))


@wrong("Only `slow` was drawn anew: draw both.")
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a = np.median(rng.choice(slow, (2000, len(slow))), axis=1)
    return (np.median(slow) / np.median(fast), *np.percentile(a / np.median(fast), [2.5, 97.5]))


@wrong("That is the spread of single nets: each draw takes as many values as there are, and then their median.")
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    r = rng.choice(slow, 2000) / rng.choice(fast, 2000)
    return (np.median(slow) / np.median(fast), *np.percentile(r, [2.5, 97.5]))


@wrong("The same seed must give the same answer: make a generator of `seed` inside the function.")
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng()
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.median(slow) / np.median(fast), *np.percentile(a / b, [2.5, 97.5]))


@wrong("The ratio itself comes from the measured values, without any draw: median of slow over median of fast.")
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.mean(a / b), *np.percentile(a / b, [2.5, 97.5]))


@wrong("A ratio is asked for, not a difference.")
def speedup(slow, fast, seed=0):
    rng = np.random.default_rng(seed)
    a, b = (np.median(rng.choice(v, (2000, len(v))), axis=1) for v in (slow, fast))
    return (np.median(slow) / np.median(fast), *np.percentile(a - b, [2.5, 97.5]))


@wrong("A ratio is asked for, not a difference.")
def speedup(slow, fast, seed=0):
    return (np.median(slow) - np.median(fast), *solution.speedup(slow, fast, seed)[1:])


@wrong("Use medians: one net that took very long must not decide.")
def speedup(slow, fast, seed=0):
    return (np.mean(slow) / np.mean(fast), *solution.speedup(slow, fast, seed)[1:])


@wrong("That is fast over slow: how many times as long is asked for.")
def speedup(slow, fast, seed=0):
    return (np.median(fast) / np.median(slow), *solution.speedup(slow, fast, seed)[1:])


@wrong("The ends of the interval are asked for too: return three numbers.")
def speedup(slow, fast, seed=0):
    return np.median(slow) / np.median(fast)


@wrong("Three numbers side by side: ratio, low, high. Yours are nested.")
def speedup(slow, fast, seed=0):
    ratio, low, high = solution.speedup(slow, fast, seed)
    return ratio, (low, high)


exercise("my_activation", "The slope has to be that of your own function, by the product and the chain rule where they "
                          "are due. And each entry by itself, no straight line, finite, with a slope near 1 around 0.",
         more="""
    Take a curve of two pieces: f(x) = x² / 4 on the left of 2, and x − 1 on the right. At 2 both give 1, so there
    is no jump. Its slope is x / 2 on the left and 1 on the right; at 2 both are 1. Check the slope by a finite
    difference at one point of each piece: at 3, (f(3.01) − f(2.99)) / 0.02 = 1.

    Would it serve a net? It grows no faster than a line on the right. On the far left it grows like a square, so
    training may blow up there. A piece like 0.1 x would be calmer.
    """)


@right
class swish:
    def my_activation(x):
        x = np.asarray(x, float)
        return x * expit(x)

    def my_activation_prime(x):
        s = expit(np.asarray(x, float))
        return s + np.asarray(x) * s * (1 - s)


@right
class softplus:
    def my_activation(x):
        return np.logaddexp(0, np.asarray(x, float))

    def my_activation_prime(x):
        return expit(np.asarray(x, float))


@right
class a_sine:
    def my_activation(x):
        return np.sin(x)

    def my_activation_prime(x):
        return np.cos(x)


@right
class leaky_as_a_boolean_mask:
    def my_activation(x):
        x = np.asarray(x)
        return x * np.where(x > 0, 1, 0.2)

    def my_activation_prime(x):
        return 0.2 + 0.8 * (np.asarray(x) > 0)


@right
class elu:
    def my_activation(x):
        x = np.asarray(x, float)
        return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))

    def my_activation_prime(x):
        return np.exp(np.minimum(np.asarray(x, float), 0))


@right
class half_tanh_half_relu:
    def my_activation(x):
        x = np.asarray(x, float)
        return 0.5 * np.tanh(x) + 0.5 * np.maximum(x, 0)

    def my_activation_prime(x):
        x = np.asarray(x, float)
        return 0.5 * (1 - np.tanh(x) ** 2) + 0.5 * (x > 0)


@right
class absolute_value:
    def my_activation(x):
        return np.abs(x)

    def my_activation_prime(x):
        return np.sign(x)


@right
class softsign:
    def my_activation(x):
        x = np.asarray(x, float)
        return x / (1 + np.abs(x))

    def my_activation_prime(x):
        return 1 / (1 + np.abs(np.asarray(x, float))) ** 2


@wrong("It is a straight line: such layers collapse into one, as in lesson 1.")
class straight:
    def my_activation(x):
        return 2 * np.asarray(x, float) + 1

    def my_activation_prime(x):
        return np.full(np.shape(x), 2.0)


@wrong("The slope is not that of your activation: take the derivative again, piece by piece.")
class pair_1:
    def my_activation(x):
        return np.tanh(np.asarray(x, float)) + np.asarray(x) / 2

    def my_activation_prime(x):
        return 1 - np.tanh(np.asarray(x, float))


@wrong("The slope is right at some points only: check every piece of it against a finite difference.")
class pair_2:
    def my_activation(x):
        x = np.asarray(x, float)
        return np.where(x > 3, 3 + (x - 3) / 2, np.where(x > 0, x, 0.1 * x))

    def my_activation_prime(x):
        return np.where(np.asarray(x) > 0, 1.0, 0.1)


@wrong("It is flat almost everywhere, so hardly any error signal passes: give it a slope where inputs are, around 0.")
class pair_3:
    def my_activation(x):
        return np.floor(np.asarray(x, float))

    def my_activation_prime(x):
        return np.zeros(np.shape(x))


@wrong("It is flat everywhere: no signal passes, and its slope is 0.")
class flat:
    def my_activation(x):
        return np.maximum(np.asarray(x, float) - 8, 0)

    def my_activation_prime(x):
        return 1.0 * (np.asarray(x) > 8)


@wrong("Training blew up: it grows too steeply. Let it grow no faster than a straight line.")
class pair_4:
    def my_activation(x):
        return np.asarray(x, float) ** 3

    def my_activation_prime(x):
        return 3 * np.asarray(x, float) ** 2


@wrong("It trains too slowly: make its slope around 0 larger, close to 1, and its outputs neither tiny nor all alike.")
class pair_5:
    def my_activation(x):
        return 0.01 * np.tanh(np.asarray(x, float))

    def my_activation_prime(x):
        return 0.01 * (1 - np.tanh(np.asarray(x, float)) ** 2)


@wrong("Each entry must be treated by itself: no mean, maximum or sum over the array.")
class pair_6:
    def my_activation(x):
        x = np.asarray(x, float)
        return np.tanh(x - x.mean())

    def my_activation_prime(x):
        x = np.asarray(x, float)
        return 1 - np.tanh(x - x.mean()) ** 2


@wrong("A list does no arithmetic: turn it into an array with np.asarray first.")
class pair_7:
    def my_activation(x):
        return x * (x > 0) + 0.1 * x * (x <= 0)

    def my_activation_prime(x):
        return 1.0 * (x > 0) + 0.1 * (x <= 0)


@wrong("`if` decides about one number: np.where chooses for each entry of an array.")
class pair_8:
    def my_activation(x):
        return x if x > 0 else 0.0

    def my_activation_prime(x):
        return 1.0 if x > 0 else 0.0


@wrong("exp overflows within −50 and 50 already: here its argument is a square.")
class overflowing:
    def my_activation(x):
        x = np.asarray(x, float)
        return np.tanh(x) + np.exp(x * x) * 1e-300

    def my_activation_prime(x):
        return 1 - np.tanh(np.asarray(x, float)) ** 2
