# Lesson 03: right answers, wrong ones with their hints, and a second hint for each exercise. See CONTRIBUTING.md.


exercise("sigmoid", "σ(x) is 1 / (1 + exp(-x)), and its slope σ(x) · (1 - σ(x)), entry by entry; give exp only "
                    "arguments of 0 or less.",
         more="""
    A cousin with the same trouble is the share r(x) = exp(x) / (exp(x) + exp(3)). At x = 800 the top and the bottom
    are both far beyond what a float can hold, and inf / inf is NaN.

    Divide top and bottom by the larger of the two. For x above 3 that is exp(x), and r = 1 / (1 + exp(3 − x)): here
    exp gets −797 and gives a harmless 0. For x below 3 divide by exp(3). Each side needs its own form, and each
    form may be computed only where it belongs. With −|x| as the argument of exp, nothing can overflow.
    """)


@right
def sigmoid(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(-abs(x))
    return np.where(x < 0, e / (1 + e), 1 / (1 + e))


@right
def sigmoid_prime(x):
    e = np.exp(-np.abs(np.asarray(x, dtype=float)))
    return e / (1 + e) ** 2


@right
def sigmoid(x):
    x = np.array(x, dtype=float)
    out = np.empty_like(x)
    right = x >= 0
    out[right] = 1 / (1 + np.exp(-x[right]))
    small = np.exp(x[~right])
    out[~right] = small / (1 + small)
    return out


@right
def sigmoid_prime(x):
    return sigmoid(x) * sigmoid(np.negative(x))


# def one(t):
#     return 1 / (1 + math.exp(-t)) if t >= 0 else math.exp(t) / (1 + math.exp(t))


# def sigmoid(x):
#     if np.ndim(x) == 0:
#         return one(float(x))
#     return np.vectorize(one, otypes=[float])(x)


# class Slope:
#     def __call__(self, x):
#         return sigmoid(x) * sigmoid(-np.asarray(x, float))


# sigmoid_prime = Slope()


@right
def sigmoid(x):
    from scipy.special import expit
    return expit(np.asarray(x, float))


@right
def sigmoid_prime(x):
    x = np.asarray(x, float)
    return np.exp(-np.logaddexp(0, x) - np.logaddexp(0, -x))


@right
def sigmoid(x):
    x = np.clip(np.asarray(x, float), -500, 500)
    print("computing")
    return 1 / (1 + np.exp(-x))


@right
def sigmoid_prime(x):
    x = np.clip(np.asarray(x, float), -500, 500)
    return 1 / (1 + np.exp(-x)) / (1 + np.exp(x))


@wrong("exp overflowed. Give it only arguments of 0 or less, such as -|x|. np.where alone does not help: it computes "
       "both of its sides for every x.")
def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, float)))


@wrong("1 - σ(x) loses its digits where σ is close to 1. It is the same as σ(-x): use that.")
def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))


@wrong("1 + tanh subtracts two nearly equal numbers on the left: the digits are lost.")
def sigmoid(x):
    return 0.5 * (1 + np.tanh(np.asarray(x) / 2))


@wrong("The digits are lost far from zero. Cutting x off or subtracting nearly equal numbers does that.")
def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -20, 20)))


@wrong("That falls as x grows. Look at the sign in exp, or at which side of np.where is which.")
def sigmoid(x):
    x = np.asarray(x, float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, e, 1) / (1 + e)


@wrong("1 / (1 + e^-|x|) is right for positive x only. For negative x take the other form.")
def sigmoid(x):
    return 1 / (1 + np.exp(-np.abs(np.asarray(x, float))))


@wrong("This is the sigmoid itself, not its slope.")
def sigmoid_prime(x):
    return sigmoid(x)


@wrong("σ'(x) = σ(x) (1 - σ(x)): put σ(x) in, not x.")
def sigmoid_prime(x):
    return x * (1 - x)


@wrong("Numbers and lists come in too, and keep their shape: start with x = np.asarray(x, float) and use no index.")
def sigmoid(x):
    out = np.zeros(len(x))
    for i in range(len(x)):
        e = np.exp(-abs(x[i]))
        out[i] = (1 if x[i] >= 0 else e) / (1 + e)
    return out


@wrong("At 0 the sigmoid is 1 / (1 + 1).")
def sigmoid(x):
    return np.tanh(x) + 1


@wrong("Integers come in too: an integer array cannot hold fractions. Use np.asarray(x, float).")
def sigmoid(x):
    x = np.asarray(x)
    e = np.exp(-np.abs(x))
    out = np.empty_like(x)
    out[...] = np.where(x >= 0, 1, e) / (1 + e)
    return out


@wrong("A list comes in here too, and has no minus sign: start with x = np.asarray(x, float), as in sigmoid.")
def sigmoid_prime(x):
    return sigmoid(x) * sigmoid(-x)


@wrong("A list comes in here too, and has no minus sign: start with x = np.asarray(x, float), as in sigmoid.")
def sigmoid_prime(x):
    return 1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x)))


@wrong("Integers come in too: an integer array cannot hold fractions. Use np.asarray(x, float).")
def sigmoid(x):
    return (1 / (1 + np.exp(-np.asarray(x)))).astype(int)


@wrong("This runs from -1 to 1; the sigmoid runs from 0 to 1.")
def sigmoid(x):
    return np.tanh(np.asarray(x, float) / 2)


@wrong("The slope of a rising function is positive.")
def sigmoid_prime(x):
    return -solution.sigmoid_prime(x)


@wrong("This is 1 - σ. The slope has the factor σ too.")
def sigmoid_prime(x):
    return 1 - sigmoid(x)


@wrong("1 / 1 + exp(-x) is 1 + exp(-x) to Python: put brackets around what stands below the line.")
def sigmoid(x):
    return 1 / 1 + np.exp(-np.asarray(x, float))


@wrong("exp overflowed. Give it only arguments of 0 or less, such as -|x|. np.where alone does not help: it computes "
       "both of its sides for every x.")
def sigmoid(x):
    x = np.asarray(x, float)
    return np.exp(x) / (1 + np.exp(x))


@wrong("1 + exp(-x), not 1 - exp(-x).")
def sigmoid(x):
    return 1 / (1 - np.exp(-np.asarray(x, float)))


@wrong("That is exp(-x) alone: the sigmoid is 1 / (1 + exp(-x)).")
def sigmoid(x):
    return np.exp(-np.asarray(x, float))


@wrong("That falls as x grows. Look at the sign in exp, or at which side of np.where is which.")
def sigmoid(x):
    return 1 / (1 + np.exp(np.asarray(x, float)))


@wrong("The slope is σ(x) (1 - σ(x)): with a minus in the bracket.")
def sigmoid_prime(x):
    return sigmoid(x) * (1 + sigmoid(x))


@wrong("One factor is σ(x), the other is 1 - σ(x).")
def sigmoid_prime(x):
    return sigmoid(x) ** 2


@wrong("One factor is σ(x), the other is 1 - σ(x).")
def sigmoid_prime(x):
    return sigmoid(-np.asarray(x)) ** 2


@wrong("1 - σ² is the slope of tanh. The sigmoid's is σ (1 - σ).")
def sigmoid_prime(x):
    return 1 - sigmoid(x) ** 2


@wrong("Something overflowed far from 0. σ(x) σ(-x) is the same slope, and your sigmoid is safe already.")
def sigmoid_prime(x):
    return np.exp(-np.asarray(x, float)) * sigmoid(x) ** 2


@wrong("Something overflowed far from 0. σ(x) σ(-x) is the same slope, and your sigmoid is safe already.")
def sigmoid_prime(x):
    return 1 / (4 * np.cosh(np.asarray(x) / 2) ** 2)


@wrong("The sigmoid is applied twice: where s is σ(x), the slope is s (1 - s).")
def sigmoid_prime(x):
    s = sigmoid(x)
    return sigmoid(s) * (1 - sigmoid(s))


exercise("tanh_from_sigmoid", "tanh runs from −1 to 1, the sigmoid from 0 to 1: stretch the input, then stretch and "
                              "shift the output.",
         more="""
    Fit one curve onto another by stretching. A thermometer curve c(t) runs from 0 to 1, and is at 0.5 for t = 0.
    Wanted is a curve from −5 to 5 that rises three times as fast. First the input: c(3t) does in one minute what c
    does in three. Then the output: 10 · c(3t) runs from 0 to 10, and 10 · c(3t) − 5 from −5 to 5. At t = 0 it is 10
    · 0.5 − 5 = 0.

    Find the two stretches for tanh in the same way: look at the ends first, then compare the slopes at 0.
    """)


# print(np.tanh(1.0), tanh_from_sigmoid(1.0))


@right
def tanh_from_sigmoid(x):
    return sigmoid(np.multiply(2, x)) - sigmoid(np.multiply(-2, x))


# tanh_from_sigmoid = Tanh()


@wrong("Build it from your sigmoid: a library's tanh is off limits here.")
def tanh_from_sigmoid(x):
    return np.tanh(x)


@wrong("Build it from your sigmoid: a library's tanh is off limits here.")
def tanh_from_sigmoid(x):
    from math import tanh
    return np.vectorize(tanh, otypes=[float])(x)


@wrong("This is 2σ(x) - 1, which is too flat: the x is scaled too.")
def tanh_from_sigmoid(x):
    return 2 * sigmoid(x) - 1


@wrong("This is σ(2x). Stretch it by 2 and shift it down by 1.")
def tanh_from_sigmoid(x):
    return sigmoid(2 * np.asarray(x))


@right
def tanh_from_sigmoid(x):
    x = np.asarray(x, float)
    return sigmoid(2 * x) - sigmoid(-2 * x)


@right
def tanh_from_sigmoid(x):
    tanh = sigmoid(2 * np.asarray(x, float))  # not np.tanh
    return tanh - (1 - tanh)


@wrong("The shift by 1 is missing.")
def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * np.asarray(x))


@wrong("The stretch by 2 is missing.")
def tanh_from_sigmoid(x):
    return sigmoid(2 * np.asarray(x)) - 1


@wrong("2 * [1, 2] repeats a list: turn x into an array first.")
def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * x) - 1


@wrong("exp overflowed for large inputs. Your `sigmoid` is safe there: call it.")
def tanh_from_sigmoid(x):
    x = np.asarray(x, float)
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


@wrong("Right at the shown values only: use the formula 2 σ(2x) - 1.")
def tanh_from_sigmoid(x):
    return np.interp(x, [-1.0, 0.0, 0.5], [-0.76159415595576489, 0.0, 0.46211715726000976])


@wrong("Integers come in too, and the fractions must not be cut off.")
def tanh_from_sigmoid(x):
    x = np.asarray(x)
    return (2 * sigmoid(2 * x) - 1).astype(x.dtype)


@wrong("A single number in, a single number out: keep the shape.")
def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * np.atleast_1d(x)) - 1


@wrong("The x in the sigmoid is doubled, not halved.")
def tanh_from_sigmoid(x):
    return 2 * sigmoid(np.asarray(x) / 2) - 1


@wrong("The shift is by 1 downwards.")
def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * np.asarray(x)) + 1


@wrong("σ(2x) − ½ runs from −½ to ½: stretch it by 2.")
def tanh_from_sigmoid(x):
    return sigmoid(2 * np.asarray(x)) - 0.5


@wrong("The sign is lost: tanh of a negative x is negative.")
def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * np.abs(x)) - 1


@wrong("Shift by 1 after the stretch, not by 2: 2 (σ − 1) runs from −2 to 0.")
def tanh_from_sigmoid(x):
    return 2 * (sigmoid(2 * np.asarray(x)) - 1)


@wrong("The x in the sigmoid is doubled, not taken four times.")
def tanh_from_sigmoid(x):
    return 2 * sigmoid(4 * np.asarray(x)) - 1


@wrong("The sigmoid itself is scaled and shifted, not its slope.")
def tanh_from_sigmoid(x):
    return 2 * sigmoid_prime(2 * np.asarray(x)) - 1


exercise("relu", "Each entry becomes the larger of 0 and itself. The slope is 1 where x is above 0, and 0 elsewhere.",
         more="""
    A shop gives no change below zero: the till shows the balance, but never less than 10. For the balances 25, 10
    and 4 it shows 25, 10 and 10, each entry by itself.

    How fast does the display follow the balance? Above 10 it follows one to one, so the slope is 1. Below 10 it
    stands still, so the slope is 0. The slope does not depend on how far above 10 the balance lies.

        np.where(np.array([25, 10, 4]) > 10, "follows", "stands")

    gives one word for each entry. np.where chooses entry by entry.
    """)


@right
def relu(x):
    x = np.asarray(x)
    return np.where(x > 0, x, 0)


@right
def relu_prime(x):
    return np.asarray(x) > 0


@right
def relu(x):
    x = np.array(x, float)
    x[x < 0] = 0
    return x


@right
def relu_prime(x):
    return (np.array(x) > 0).astype(int)


@right
def relu(x):
    return np.clip(x, 0, None)


@right
def relu_prime(x):
    return np.heaviside(x, 0)


@right
def relu(x):
    x = np.asarray(x, np.float64)
    return (np.maximum(x, -1e300) + np.abs(np.maximum(x, -1e300))) / 2


@right
def relu_prime(x):
    return np.maximum(np.sign(x), 0)


@wrong("This is the absolute value: what is negative becomes 0, not positive.")
def relu(x):
    return np.abs(x)


@wrong("The positive side passes and the negative one is stopped, not the other way round.")
def relu(x):
    return np.minimum(x, 0)


@wrong("np.max finds the largest entry of all. np.maximum compares entry by entry.")
def relu(x):
    return np.max(x, 0)


@wrong("At 0 the slope is 0 by convention here: > or >= ?")
def relu_prime(x):
    return np.where(np.asarray(x) >= 0, 1.0, 0.0)


@wrong("At 0 the slope is 0 by convention here, not one half.")
def relu_prime(x):
    return (np.sign(x) + 1) / 2


@wrong("On the left the function is flat: its slope there is 0.")
def relu_prime(x):
    return np.sign(x)


@wrong("At minus infinity this gives NaN, from 0 · ∞ or ∞ − ∞. Choose between x and 0 with np.maximum or np.where.")
def relu(x):
    x = np.asarray(x)
    return x * (x > 0)


@wrong("Each entry becomes the larger of 0 and itself. np.maximum takes arrays; Python's own max and if do not.")
def relu(x):
    return max(0, x)


@wrong("Numbers, lists and 2-D arrays come in too, and keep their shape: np.maximum and np.asarray do that.")
def relu_prime(x):
    return np.array([float(v > 0) for v in np.ravel(x)])


@wrong("The fractions are cut off: leave out int().")
def relu(x):
    return np.maximum(np.asarray(x), 0).astype(int)


@wrong("The slope is 1 for every x > 0, however small, and 0 elsewhere. Compare; do not divide or subtract.")
def relu_prime(x):
    x = np.asarray(x, float)
    return np.maximum(x, 0) / (np.abs(x) + 1e-12)


@wrong("Numbers, lists and 2-D arrays come in too, and keep their shape: np.maximum and np.asarray do that.")
def relu(x):
    return np.maximum(np.ravel(x), 0)


@wrong("This is the slope. The function passes positive x unchanged.")
def relu(x):
    return relu_prime(x)


@wrong("x came back as it was.")
def relu(x):
    return np.asarray(x)


@wrong("This is the ReLU itself, not its slope.")
def relu_prime(x):
    return relu(x)


@wrong("Negative entries become 0; they are not left out. Keep the shape.")
def relu(x):
    x = np.asarray(x)
    return x[x > 0]


@wrong("It has no upper bound: whatever is above 0 passes as it is.")
def relu(x):
    return np.clip(x, 0, 1)


@wrong("It has no upper bound: whatever is above 0 passes as it is.")
def relu(x):
    return np.clip(x, 0, 6)


@wrong("It has no upper bound: whatever is above 0 passes as it is.")
def relu(x):
    return np.clip(x, 0, 100)


@wrong("That is a leaky ReLU: this one gives 0 for every negative x.")
def relu(x):
    x = np.asarray(x)
    return np.where(x > 0, x, 0.01 * x)


@wrong("That is x + |x|, twice the ReLU: halve it.")
def relu(x):
    return np.asarray(x) + np.abs(x)


@wrong("On the left the function is flat: its slope there is 0.")
def relu_prime(x):
    return np.where(np.asarray(x) > 0, 1.0, -1.0)


@wrong("On the left the function is flat: its slope there is 0.")
def relu_prime(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.01)


@wrong("The slope is 1 on the right and 0 on the left: your sides are the other way round.")
def relu_prime(x):
    return np.where(np.asarray(x) > 0, 0.0, 1.0)


@wrong("At 0 the slope is 0 by convention: 0 / 0 has no value. Compare x with 0.")
def relu_prime(x):
    x = np.asarray(x, float)
    return (1 + x / np.abs(x)) / 2


@wrong("The slope is 1 wherever x is above 0, not only at 1 and more: do not round or clip x.")
def relu_prime(x):
    return np.clip(x, 0, 1)


exercise("leaky_relu", "x where x > 0, alpha times x elsewhere.",
         more="""
    A tariff: profits count in full, losses count at 20 percent. A month with 50 counts 50, a month with −50 counts
    −10, a month with 0 counts 0. In March the losses count at 30 percent, and −50 counts −15. So the percentage is
    an argument with a default, and the one that comes in is used.

    An integer array cannot hold −0.2: it would cut it to 0. Start from a float array. And the month's list still
    belongs to whoever lent it: write the result into a new array.
    """)


@right
def leaky_relu(x, alpha=0.01):
    return np.maximum(x, 0) + alpha * np.minimum(x, 0)


@right
def leaky_relu(x, alpha=0.01):
    out = np.array(x, dtype=float)
    out[out < 0] *= alpha
    return out


@right
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return x * np.where(x > 0, 1, alpha)


@right
def leaky_relu(x, alpha=0.01):
    return np.vectorize(lambda t: float(t) if t > 0 else float(alpha * t), otypes=[float])(x)


@wrong("alpha belongs to the left side only.")
def leaky_relu(x, alpha=0.01):
    return alpha * np.asarray(x)


@wrong("The sign is lost: alpha times a negative x is negative.")
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, -alpha * x)


@wrong("The sides are the other way round: alpha belongs to the left.")
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, alpha * x, x)


@wrong("alpha is an argument: use it in place of the 0.01.")
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, 0.01 * x)


@wrong("The larger of x and alpha x is the wrong piece once alpha is above 1. Choose by the sign of x.")
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.maximum(x, alpha * x)


@wrong("The left side is alpha times x, not alpha.")
def leaky_relu(x, alpha=0.01):
    return np.where(np.asarray(x) > 0, x, alpha * (np.asarray(x) != 0) + 0.01 * (np.asarray(x) == 0))


@wrong("This is the ReLU: the left side has no slope.")
def leaky_relu(x, alpha=0.01):
    return np.maximum(x, 0)


@wrong("Numbers, lists and integers come in too, and keep their shape: start with x = np.asarray(x).")
def leaky_relu(x, alpha=0.01):
    return np.where(x > 0, x, alpha * x)


@wrong("An integer array cannot hold the fractions: use np.asarray(x, float).")
def leaky_relu(x, alpha=0.01):
    x = np.array(x)
    x[x < 0] = alpha * x[x < 0]
    return x


@wrong("Numbers, lists and integers come in too, and keep their shape: start with x = np.asarray(x).")
def leaky_relu(x, a=0.01):
    return np.where(np.ravel(x) > 0, np.ravel(x), a * np.ravel(x))


@wrong("alpha may be 0: `alpha or 0.01` takes a 0 for missing.")
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, (alpha or 0.01) * x)


@wrong("alpha may be negative: leave its sign as it is.")
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, abs(alpha) * x)


@wrong("alpha times x, not x divided by alpha.")
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, x / (alpha or 1e-300))


@wrong("On the right alpha adds nothing: there the answer is x alone.")
def leaky_relu(x, alpha=0.01):
    return np.maximum(x, 0) + alpha * np.asarray(x)


@wrong("alpha times x, not alpha plus x.")
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, x + alpha)


@wrong("That is the slope: multiply it by x.")
def leaky_relu(x, alpha=0.01):
    return np.where(np.asarray(x) > 0, 1.0, alpha)


@wrong("The sides are the other way round: alpha belongs to the left.")
def leaky_relu(x, alpha=0.01):
    return np.minimum(x, alpha * np.asarray(x))


@wrong("The left side is alpha times x, not alpha.")
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, alpha)


exercise("prelu_gradients", "d_x is upstream times the slope at x. The output changes by x per unit of alpha where x "
                            "is 0 or below; sum that, times upstream, over all entries.",
         more="""
    Three workers share one hourly rate r. They work 2, 5 and 1 hours, and only the second and third are paid by r;
    the first has a fixed wage. Each hour paid counts for us with a weight: 10, 3 and 4.

    Raise r by a little. The first worker's pay stays, the second's grows by 5 per unit of r, the third's by 1.
    Weighted, the total grows by 3 · 5 + 4 · 1 = 19. It is one number, because r is one number: what all three feel
    is added up.

    alpha is such a shared rate. The entries that do not use it contribute 0.
    """)


@right
def prelu_gradients(x, alpha, upstream):
    x, g = np.array(x, float), np.array(upstream, float)
    left = x <= 0
    return np.where(left, alpha * g, g), float((x * g)[left].sum())


@right
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return [g * ((x > 0) + alpha * (x <= 0)), np.dot(np.minimum(x, 0).ravel(), g.ravel())]


@right
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


@wrong("All entries share one alpha: add up what each contributes.")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), g * np.minimum(x, 0)


@wrong("All entries share one alpha: the sum, not the mean.")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.mean(g * np.minimum(x, 0))


@wrong("d_alpha lacks the factor upstream.")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.sum(np.minimum(x, 0))


@wrong("d_x lacks the factor upstream.")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return np.where(x > 0, 1, alpha), np.sum(g * np.minimum(x, 0))


@wrong("d_x takes the slope, which is 1 or alpha, not the output of the PReLU.")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, x, alpha * x), np.sum(g * np.minimum(x, 0))


@wrong("Entries with x > 0 do not depend on alpha: leave them out of d_alpha.")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.sum(g * x)


@wrong("The sign of d_alpha: what is added up is upstream times x, and x is negative there.")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.sum(g * np.maximum(-x, 0))


@wrong("d_alpha: the output alpha x grows by x per unit of alpha, not by alpha x.")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.sum(g * np.where(x > 0, 0, alpha * x))


@wrong("The order is (d_x, d_alpha).")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return np.sum(g * np.minimum(x, 0)), g * np.where(x > 0, 1, alpha)


@wrong("At x = 0 the slope is alpha by the docstring: > or >= ?")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x >= 0, 1, alpha), np.sum(g * np.minimum(x, 0))


@wrong("At x = 0 the slope is alpha by the docstring, not 0.")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * (x > 0) + alpha * g * (x < 0), np.sum(g * np.minimum(x, 0))


@wrong("alpha is one number for all entries: sum over every axis.")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), sum(g * np.minimum(x, 0)) if np.ndim(x) else g * np.minimum(x, 0)


@wrong("The minimum belongs to x alone: upstream may be negative.")
def prelu_gradients(x, alpha, upstream):
    x, g = np.asarray(x), np.asarray(upstream)
    return g * np.where(x > 0, 1, alpha), np.minimum(g * x, 0).sum()


@wrong("Right by hand, but not for every input: any shape, lists and numbers come in; d_x keeps the shape of x.")
def prelu_gradients(x, alpha, upstream):
    d_x = upstream.copy()
    d_x[x <= 0] *= alpha
    return d_x, np.sum((upstream * x)[x <= 0])


def _prelu(x, alpha, upstream):
    return np.asarray(x, float), alpha, np.asarray(upstream, float)


@wrong("d_x: on the left the slope is alpha, not 0.")
def prelu_gradients(x, alpha, upstream):
    x, a, up = _prelu(x, alpha, upstream)
    return up * (x > 0), solution.prelu_gradients(x, a, up)[1]


@wrong("d_x: above 0 the slope is 1, not alpha.")
def prelu_gradients(x, alpha, upstream):
    x, a, up = _prelu(x, alpha, upstream)
    return up * a, solution.prelu_gradients(x, a, up)[1]


@wrong("d_alpha: alpha acts where x is 0 or below, so sum there, not where x is above 0.")
def prelu_gradients(x, alpha, upstream):
    x, a, up = _prelu(x, alpha, upstream)
    return solution.prelu_gradients(x, a, up)[0], np.sum(up * np.maximum(x, 0))


@wrong("d_alpha: each entry contributes upstream times x, not upstream alone.")
def prelu_gradients(x, alpha, upstream):
    x, a, up = _prelu(x, alpha, upstream)
    return solution.prelu_gradients(x, a, up)[0], np.sum(up * (x <= 0))


@wrong("d_alpha: each entry contributes upstream times x, not upstream alone.")
def prelu_gradients(x, alpha, upstream):
    x, a, up = _prelu(x, alpha, upstream)
    return solution.prelu_gradients(x, a, up)[0], np.sum(up * (x < 0))


@wrong("d_x: the sides are the other way round: alpha belongs to x of 0 and below.")
def prelu_gradients(x, alpha, upstream):
    x, a, up = _prelu(x, alpha, upstream)
    return up * np.where(x > 0, a, 1), solution.prelu_gradients(x, a, up)[1]


@wrong("d_alpha: add up what all entries contribute, not only the largest.")
def prelu_gradients(x, alpha, upstream):
    x, a, up = _prelu(x, alpha, upstream)
    return solution.prelu_gradients(x, a, up)[0], np.max(up * np.minimum(x, 0))


@wrong("d_alpha sums d_x times x, but alpha is in d_x already: take upstream times x.")
def prelu_gradients(x, alpha, upstream):
    x, a, up = _prelu(x, alpha, upstream)
    d_x = solution.prelu_gradients(x, a, up)[0]
    return d_x, np.sum(d_x * x)


exercise("elu", "x where x > 0, alpha * (exp(x) - 1) elsewhere.",
         more="""
    Two pieces that meet: g(x) = 2x on the right of 0, and 3 · (1 − cos x) on the left. At 0 both give 0, so there
    is no jump. The factor 3 belongs to the whole bracket.

        np.where(np.array([-1.0, 2.0]) > 0, 1.0, 7.0)

    chooses entry by entry, but both pieces are computed first, for all entries. If the left piece overflows at x =
    800, there is a warning, though nobody wants its value there. So give the left piece only harmless inputs: cut
    the positive ones to 0 before you put them in.
    """)


def _elu(x, a=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, a * np.expm1(np.minimum(x, 0)))


@right
def elu(x, alpha=1.0):
    return np.maximum(x, 0) + alpha * (np.exp(np.minimum(x, 0)) - 1)


@right
def elu(x, alpha=1.0):
    out = np.array(x, float)
    left = out < 0
    out[left] = alpha * np.expm1(out[left])
    return out


@right
def elu(x, alpha=1.0):
    def one(t):
        return float(t) if t > 0 else alpha * (np.exp(float(t)) - 1)
    return one(x) if np.ndim(x) == 0 else np.array([one(t) for t in np.ravel(x)]).reshape(np.shape(x))


@wrong("exp overflowed for a positive x, where its result is not wanted. Give it np.minimum(x, 0).")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))


@wrong("exp overflowed for a positive x, where its result is not wanted. Give it np.minimum(x, 0).")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return (x > 0) * x + (x <= 0) * alpha * (np.exp(x) - 1)


@wrong("The -1 is missing: at 0 the two pieces must meet.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)))


@wrong("The left side is negative: exp(x) - 1, not 1 - exp(x).")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * (1 - np.exp(np.minimum(x, 0))))


@wrong("exp(x), not exp(-x): the left side levels off.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * np.expm1(-np.minimum(x, 0)))


@wrong("alpha is not used: it scales the left side.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


@wrong("alpha scales the left side only.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return alpha * np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


@wrong("alpha scales the whole of exp(x) - 1: mind the brackets.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)) - 1)


@wrong("The larger of the two pieces is not always the right one: choose by the sign of x.")
def elu(x, alpha=1.0):
    return np.maximum(x, alpha * np.expm1(np.minimum(x, 0)))


@wrong("Numbers, lists and integers come in too, and keep their shape: start with x = np.asarray(x, float).")
def elu(x, alpha=1.0):
    out = x.copy()
    out[x < 0] = alpha * np.expm1(x[x < 0])
    return out


@wrong("An integer array cannot hold the fractions: use np.asarray(x, float).")
def elu(x, alpha=1.0):
    out = np.array(x)
    out[out < 0] = alpha * np.expm1(out[out < 0])
    return out


@wrong("An integer array cannot hold the fractions: use np.asarray(x, float).")
def elu(x, a=1.0):
    return _elu(x, a).astype(int)


@wrong("Numbers, lists and integers come in too, and keep their shape: start with x = np.asarray(x, float).")
def elu(x, a=1.0):
    return _elu(np.ravel(x), a)


@wrong("np.min is the smallest entry of all; np.minimum compares entry by entry.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * np.expm1(np.min(x)))


@wrong("np.expm1 subtracts the 1 already.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * (np.expm1(np.minimum(x, 0)) - 1))


@wrong("That is the leaky ReLU. On the left it is alpha times (exp(x) - 1), a curve.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * x)


@wrong("alpha stands before the bracket, not inside exp.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, np.expm1(alpha * np.minimum(x, 0)))


@wrong("That is the ReLU: on the left it is alpha times (exp(x) - 1).")
def elu(x, alpha=1.0):
    return np.maximum(np.asarray(x, float), 0)


@wrong("The sides are the other way round: x itself belongs to the right.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, alpha * np.expm1(np.minimum(x, 700)), x)


@wrong("exp(x) + 1 stands where exp(x) - 1 is asked for.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) + 1))


@wrong("alpha is a factor of the whole bracket exp(x) - 1; it is not what is subtracted.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, np.exp(np.minimum(x, 0)) - alpha)


@wrong("alpha is a factor of exp(x) - 1: it is not added.")
def elu(x, alpha=1.0):
    x = np.asarray(x, float)
    return np.where(x > 0, x, alpha + np.expm1(np.minimum(x, 0)))


@wrong("That is the left side alone: where x is above 0 it is x itself.")
def elu(x, alpha=1.0):
    return alpha * np.expm1(np.minimum(x, 0))


exercise("softplus", "ln(1 + exp(x)), entry by entry: take max(x, 0) out of the logarithm, and give exp only arguments "
                     "of 0 or less.",
         more="""
    Two sums of money in powers of ten: 10⁸⁰⁰ and 1. No float can hold the first. But log₁₀(1 + 10⁸⁰⁰) is easy: take
    the large one out, 800 + log₁₀(10⁻⁸⁰⁰ + 1), and that is 800 up to a trifle. The same trick serves e instead of
    10, and a negative exponent needs nothing taken out.

    And the trifle? 1 + 10⁻²⁰ is exactly 1 in floats, so its logarithm comes out as 0. A function that knows "1 plus
    something tiny" keeps it: NumPy has one.
    """)


@right
def softplus(x):
    return np.logaddexp(0, x)


@right
def softplus(x):
    x = np.asarray(x, float)
    tail = np.log1p(np.exp(np.minimum(x, -x)))
    return np.where(x > 0, x + tail, tail)


@right
def softplus(x):
    x = np.asarray(x, float)
    return np.where(x > 30, x, np.log1p(np.exp(np.minimum(x, 30))))


@wrong("exp overflowed. Take max(x, 0) out of the logarithm; what is left in it is exp(-|x|).")
def softplus(x):
    return np.log(1 + np.exp(np.asarray(x, float)))


@wrong("exp overflowed. Take max(x, 0) out of the logarithm; what is left in it is exp(-|x|).")
def softplus(x):
    return np.log1p(np.exp(np.asarray(x, float)))


@wrong("It rises with x: look at the sign in exp.")
def softplus(x):
    return np.logaddexp(0, -np.asarray(x))


@wrong("Natural logarithm, not base 2: np.log or np.log1p.")
def softplus(x):
    x = np.asarray(x, float)
    return (np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))) / np.log(2)


@wrong("max(x, 0) is missing: exp(-|x|) alone covers the left side only.")
def softplus(x):
    return np.log1p(np.exp(-np.abs(np.asarray(x, float))))


@wrong("np.log1p adds the 1 by itself: give it exp(-|x|) alone.")
def softplus(x):
    x = np.asarray(x, float)
    return np.maximum(x, 0) + np.log1p(1 + np.exp(-np.abs(x)))


@wrong("This is the sigmoid. Softplus is the function whose slope it is.")
def softplus(x):
    return sigmoid(x)


@wrong("On the right it is close to x but not yet x: do not switch over too early.")
def softplus(x):
    x = np.asarray(x, float)
    return np.where(x > 10, x, np.log1p(np.exp(np.minimum(x, 10))))


@wrong("On the far left softplus is tiny, but not 0, and 1 + exp forgets the tiny part: use np.log1p.")
def softplus(x):
    x = np.asarray(x, float)
    return np.where(x < -20, 0.0, np.logaddexp(0, x))


@wrong("Numbers, lists and integers come in too, and keep their shape: start with x = np.asarray(x, float).")
def softplus(x):
    return x * (x > 0) + np.log1p(np.exp(-np.abs(x)))


@wrong("On the far left softplus is tiny, but not 0, and 1 + exp forgets the tiny part: use np.log1p.")
def softplus(x):
    return np.log(1 + np.exp(-np.abs(x))) + np.maximum(x, 0)


@wrong("On the far left softplus is tiny, but not 0, and 1 + exp forgets the tiny part: use np.log1p.")
def softplus(x):
    return 0 * x


@wrong("An integer array cannot hold the fractions: use np.asarray(x, float).")
def softplus(x):
    return np.logaddexp(0, x).astype(int)


@wrong("Numbers, lists and integers come in too, and keep their shape: start with x = np.asarray(x, float).")
def softplus(x):
    return np.logaddexp(0, np.ravel(x))


@wrong("max(x, 0) belongs before the logarithm, not x: for negative x there is nothing to take out.")
def softplus(x):
    x = np.asarray(x, float)
    return x + np.log1p(np.exp(-np.abs(x)))


@wrong("exp overflowed. Take max(x, 0) out of the logarithm; what is left in it is exp(-|x|).")
def softplus(x):
    x = np.asarray(x, float)
    return x + np.log1p(np.exp(-x))


@wrong("exp overflowed. Take max(x, 0) out of the logarithm; what is left in it is exp(-|x|).")
def softplus(x):
    x = np.asarray(x, float)
    return np.where(x > 0, x + np.log1p(np.exp(-x)), np.log1p(np.exp(x)))


@wrong("The natural logarithm is asked for, not one to base 10: np.log or np.log1p.")
def softplus(x):
    x = np.asarray(x, float)
    return (np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))) / np.log(10)


@wrong("The natural logarithm is asked for, not one to base 10: np.log or np.log1p.")
def softplus(x):
    x = np.asarray(x, float)
    return np.maximum(x, 0) + np.log10(1 + np.exp(-np.abs(x)))


@wrong("Cutting off x is no help: far on the right softplus is x itself. Take max(x, 0) out of the logarithm.")
def softplus(x):
    return np.log1p(np.exp(np.minimum(np.asarray(x, float), 500)))


@wrong("Cutting off x is no help: far on the right softplus is x itself. Take max(x, 0) out of the logarithm.")
def softplus(x):
    return np.log1p(np.exp(np.minimum(np.asarray(x, float), 700)))


@wrong("That is the ReLU. Softplus is smooth: log(1 + exp(-|x|)) is still to be added.")
def softplus(x):
    return np.maximum(np.asarray(x, float), 0)


@wrong("exp(-|x|) is right, and it goes into log1p; yours is added as it is.")
def softplus(x):
    x = np.asarray(x, float)
    return np.maximum(x, 0) + np.exp(-np.abs(x))


@wrong("|x| stands where max(x, 0) is asked for: on the left nothing is taken out.")
def softplus(x):
    x = np.asarray(x, float)
    return np.abs(x) + np.log1p(np.exp(-np.abs(x)))


@wrong("That is log(1 - exp(-|x|)): inside the logarithm the exponential is added to 1.")
def softplus(x):
    x = np.asarray(x, float)
    return np.maximum(x, 0) + np.log(1 - np.exp(-np.abs(x)))


@wrong("Do not cut x off: it ends the overflow, but far to the right softplus is x itself.")
def softplus(x):
    return np.log1p(np.exp(np.clip(x, -100, 100)))


exercise("gelu", "x times Φ(x), with Φ(x) = (1 + erf(x / sqrt(2))) / 2.",
         more="""
    Φ(x) is the share of a bell curve that lies to the left of x. At x = 0 half of it does: Φ(0) = 0.5. Far right it
    is nearly 1, far left nearly 0.

    Suppose a gate lets a message of size 4 through with the chance that a random number, drawn from the bell curve,
    stays below 0. On average 4 · 0.5 = 2 arrives. If the gate looked at 4 itself, nearly all would pass.

    The library's erf counts the same share with another ruler: its bell curve is narrower by the square root of 2,
    and it runs from −1 to 1. So rescale its input and its output.
    """)


@right
def gelu(x):
    from scipy.stats import norm
    return np.asarray(x) * norm.cdf(x)


@right
def gelu(x):
    from scipy.special import erfc
    x = np.asarray(x, float)
    return x * erfc(-x / 2 ** 0.5) / 2


@right
def gelu(x):
    import math
    phi = np.vectorize(lambda t: (1 + math.erf(t / math.sqrt(2))) / 2, otypes=[float])
    return x * phi(x)


@wrong("This is the shortcut with tanh, right to three digits only: use erf.")
def gelu(x):
    x = np.asarray(x, float)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x ** 3)))


@wrong("This is the shortcut with a sigmoid, right to two digits only: use erf.")
def gelu(x):
    return np.asarray(x) * sigmoid(1.702 * np.asarray(x))


@wrong("This is Φ(x). The factor x is missing.")
def gelu(x):
    return 0.5 * (1 + erf(np.asarray(x) / np.sqrt(2)))


@wrong("The factor one half is missing.")
def gelu(x):
    return np.asarray(x) * (1 + erf(np.asarray(x) / np.sqrt(2)))


@wrong("erf takes x divided by the square root of 2.")
def gelu(x):
    return 0.5 * np.asarray(x) * (1 + erf(x))


@wrong("Φ rises: 1 + erf, not 1 - erf.")
def gelu(x):
    return 0.5 * np.asarray(x) * (1 - erf(np.asarray(x) / np.sqrt(2)))


@wrong("The square root of 2 has more digits: np.sqrt(2).")
def gelu(x):
    return 0.5 * np.asarray(x) * (1 + erf(np.asarray(x) / 1.414))


@wrong("Numbers, lists and integers come in too, and keep their shape: x = np.asarray(x, float), and an erf that "
       "takes arrays.")
def gelu(x):
    return x * 0.5 * (1 + erf(x / np.sqrt(2)))


@wrong("This is the shortcut with a sigmoid, right to two digits only: use erf.")
def gelu(x):
    return np.asarray(x) / (1 + np.exp(-1.702 * np.asarray(x)))


@wrong("An integer array cannot hold the fractions.")
def gelu(x):
    return (0.5 * np.asarray(x) * (1 + erf(np.asarray(x) / np.sqrt(2)))).astype(int)


@wrong("Numbers, lists and integers come in too, and keep their shape: x = np.asarray(x, float), and an erf that "
       "takes arrays.")
def gelu(x):
    return 0.5 * np.ravel(x) * (1 + erf(np.ravel(x) / np.sqrt(2)))


@wrong("That is x times the sigmoid, called SiLU: here x is multiplied by Φ(x), made with erf.")
def gelu(x):
    return np.asarray(x) * sigmoid(x)


@wrong("That is the bell curve itself. Φ(x) is the share of it that lies to the left of x: use erf.")
def gelu(x):
    x = np.asarray(x, float)
    return x * np.exp(-x * x / 2) / np.sqrt(2 * np.pi)


@wrong("erf takes x divided by the square root of 2, not times it.")
def gelu(x):
    return 0.5 * np.asarray(x) * (1 + erf(np.asarray(x) * np.sqrt(2)))


@wrong("The square root of 2, not 2: erf takes x / sqrt(2).")
def gelu(x):
    return 0.5 * np.asarray(x) * (1 + erf(np.asarray(x) / 2))


@wrong("Φ(x) is (1 + erf) / 2: the 1 is missing.")
def gelu(x):
    return 0.5 * np.asarray(x) * erf(np.asarray(x) / np.sqrt(2))


@wrong("Far out it comes close to 0 or to x, but not at −5 yet: use the formula everywhere.")
def gelu(x):
    x = np.asarray(x, float)
    return np.where(np.abs(x) > 5, np.maximum(x, 0), solution.gelu(x))


@wrong("That is the ReLU. Here x is multiplied by Φ(x), a smooth step.")
def gelu(x):
    return np.maximum(np.asarray(x, float), 0)


@wrong("The half covers all of 1 + erf, not the erf alone: put brackets.")
def gelu(x):
    x = np.asarray(x, float)
    return x * (1 + erf(x / np.sqrt(2)) / 2)


@wrong("The square root of 2 divides x, inside of erf, and not what erf gives.")
def gelu(x):
    x = np.asarray(x, float)
    return x * (1 + erf(x) / np.sqrt(2)) / 2


exercise("derivative", "The rise f(x + h) - f(x - h), divided by the run 2h.",
         more="""
    How steep is a road at kilometre 7? Measure its height 0.1 km before and 0.1 km after: 512 m at 6.9 and 520 m at
    7.1. It rises 8 m over a run of 0.2 km, that is 40 m a kilometre. The run is twice 0.1, because you stepped to
    both sides.

    Had you stepped forward only, from 7 to 7.1, a bend at 7 would have fooled you. In code, mind the brackets:
    `8 / 2 * 0.1` is 0.4, and `8 / (2 * 0.1)` is 40.
    """)


def _central(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / (2 * h)


@right
def derivative(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    middle = f(x)
    return ((f(x + h) - middle) / h + (middle - f(x - h)) / h) / 2


@right
def derivative(f, x, h=1e-05):
    return (f(np.add(x, h)) - f(np.subtract(x, h))) / h / 2


@right
def derivative(f, x, h=1e-5):
    if np.ndim(x) == 0:
        return (f(x + h) - f(x - h)) / (2 * h)
    return np.array([derivative(f, v, h) for v in x])


@wrong("Only the second value is divided: put brackets around the difference.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return f(x + h) - f(x - h) / (2 * h)


@wrong("This is the rise alone: divide it by the run 2h.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return f(x + h) - f(x - h)


@wrong("This goes from x to x + h only. Take a point on either side of x.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - f(x)) / h


@wrong("This goes from x - h to x only. Take a point on either side of x.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x) - f(x - h)) / h


@wrong("The two points are 2h apart, not h.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / h


@wrong("a / 2 * h divides by 2 and multiplies by h: put brackets around 2 * h.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / 2 * h


@wrong("The sign: f(x + h) comes first.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x - h) - f(x + h)) / (2 * h)


@wrong("h is an argument: use the h that was given, not a step of your own.")
def derivative(f, x, h=1e-5):
    x, h = np.asarray(x, float), 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


@wrong("Numbers, lists and integers come in too, and keep their shape: start with x = np.asarray(x, float).")
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


@wrong("With the default h the answer is too far from the slope: the default is 1e-5, on either side.")
def derivative(f, x, h=0.1):
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / (2 * h)


@wrong("np.gradient takes differences between the entries of x. Step to x + h and to x - h instead.")
def derivative(f, x, h=1e-5):
    return np.gradient(f(np.asarray(x, float)), x)


@wrong("Numbers, lists and integers come in too, and keep their shape: start with x = np.asarray(x, float).")
def derivative(f, x, h=1e-05):
    return _central(f, np.ravel(x), h)


@wrong("The difference of the two values is asked for, not their sum.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) + f(x - h)) / (2 * h)


@wrong("np.gradient takes differences between the entries of x. Step to x + h and to x - h instead.")
def derivative(f, x, h=1e-5):
    return np.gradient(f(np.asarray(x, float)), h)


@wrong("h is the distance itself: do not scale it with x.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h * x) - f(x - h * x)) / (2 * h * x)


@wrong("h is the distance to either side: step by h, not by half of it.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h / 2) - f(x - h / 2)) / h


@wrong("The run is 2h: divide by that, not by 2.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / 2


@wrong("That is the value of f in the middle of the two points, not the slope.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) + f(x - h)) / 2


@wrong("Divide by the run 2h; do not multiply by it.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) * 2 * h


@wrong("Only one of the two values is divided: put brackets around the difference.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return f(x + h) - f(x) / h


@wrong("h is added to x, and then f is called: f(x + h), not f(x) + h.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return ((f(x) + h) - (f(x) - h)) / (2 * h)


@wrong("That is how the slope itself changes, the second derivative: the rise is f(x + h) - f(x - h).")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - 2 * f(x) + f(x - h)) / h ** 2


@wrong("The run is 2h, without a square.")
def derivative(f, x, h=1e-5):
    x = np.asarray(x, float)
    return (f(x + h) - f(x - h)) / (2 * h ** 2)
