# Lesson 04: right answers, wrong ones with their hints, and a second hint for each exercise. See CONTRIBUTING.md.


exercise("chain_bound", "One sigmoid lets through at most its largest slope, 0.25; each further one multiplies by it "
                        "again.",
         more="""
    Sunglasses that let at most a third of the light through. One pair: a third. A second pair in front of it lets a
    third of that third through: 1/3 · 1/3 = 1/9. A third pair leaves 1/27. The shares are multiplied, not added up,
    and each pair brings the same factor. Without any glasses all of the light arrives, a share of 1.

    It gets dark quickly, but never quite black: after twenty pairs it is 3 in ten thousand million, and that is not
    0. So do not round.
    """)


@right
def chain_bound(depth):
    return 4.0 ** -depth


@right
def chain_bound(depth):
    most = 1
    for _ in range(depth):
        most /= 4
    return most


@right
def chain_bound(depth):
    return np.prod(np.full(depth, 0.25))


@wrong("0.5 is the sigmoid's value at 0. Its slope there is half of that.")
def chain_bound(depth):
    return 0.5 ** depth


@wrong("1 is the largest slope of tanh, and what a chain of no units lets through. One sigmoid brings one factor, "
       "its own largest slope.")
def chain_bound(depth):
    return 1.0


@wrong("The slopes are multiplied, not added up.")
def chain_bound(depth):
    return 0.25 * depth


@wrong("Each unit brings its own factor: do not divide by the depth.")
def chain_bound(depth):
    return 0.25 / depth if depth else 1.0


@wrong("One factor too many: a chain of one unit has one slope.")
def chain_bound(depth):
    return 0.25 ** (depth + 1)


@wrong("Do not round: small is not nothing.")
def chain_bound(depth):
    return round(0.25 ** depth, 6)


@wrong("One factor too few: each unit brings one, the first one too.")
def chain_bound(depth):
    return 0.25 ** (depth - 1)


@wrong("There is one factor for each unit of the chain.")
def chain_bound(depth):
    return 0.25


@wrong("A chain of no units lets everything through.")
def chain_bound(d):
    return 0.25 ** max(d, 1)


@wrong("The bound is small, but never 0; and a chain of no units lets everything through.")
def chain_bound(d):
    return 0.0


@wrong("Each unit brings its own factor: do not divide by the depth.")
def chain_bound(d):
    return 0.25 / d


@wrong("Do not round: small is not nothing.")
def chain_bound(d):
    return round(0.25 ** d, 4)


@wrong("`^` is no power in Python: write **.")
def chain_bound(depth):
    return 1 / (4 ^ depth)


@wrong("The bound takes the largest slope at every unit, 0.25, whatever reaches it.")
def chain_bound(depth):
    a, slope = 0.0, 1.0
    for _ in range(depth):
        s = 1 / (1 + np.exp(-a))
        slope, a = slope * s * (1 - s), s
    return slope


@wrong("A chain of no units lets everything through.")
def chain_bound(d):
    return 0.25 ** d if d else 0.0


@wrong("Base and exponent have changed places: 0.25 is multiplied by itself, once for each unit.")
def chain_bound(d):
    return d ** 0.25


@wrong("A bound below 1 is asked for: each unit multiplies by 0.25, it does not divide by it.")
def chain_bound(d):
    return 4.0 ** d


@wrong("That is what is lost. The bound is what gets through.")
def chain_bound(d):
    return 1 - 0.25 ** d


@wrong("The factors are multiplied into the 1, not added to it.")
def chain_bound(depth):
    return 1 + 0.25 * depth


exercise("chain_gradient", "At each unit: z = w · a, then multiply by w · f'(z), then a = f(z).",
         more="""
    Two machines in a row. The first takes a, doubles it and cubes that: z = 2a, a ← z³. The second takes what comes
    out, times 5, and cubes it again. Start at a = 1: z = 2, and 8 comes out.

    How much does the first amplify a small push? Doubling brings a factor 2, cubing at z = 2 a factor 3 · 2² = 12,
    together 24. The second gets 8, so its z is 40: its factor is 5 · 3 · 40² = 24 000. A push at the start arrives
    24 · 24 000 = 576 000 times as large. Each slope is taken at the sum z, before f changes it.
    """)


def _walk(x, weights, f, f_prime):
    a, steps = x, []
    for w in weights:
        steps.append((w, a, w * a, f(w * a)))
        a = f(w * a)
    return steps


def _slope(x, weights, f, f_prime):
    return float(np.prod([w * f_prime(z) for w, _, z, _ in _walk(x, weights, f, f_prime)]))


@right
def chain_gradient(x, weights, f, f_prime):
    if len(weights) == 0:
        return 1.0
    z = weights[0] * x
    return weights[0] * f_prime(z) * chain_gradient(f(z), weights[1:], f, f_prime)


@right
def chain_gradient(x, weights, f, f_prime):
    sums, a = [], x
    for w in weights:
        sums.append(w * a)
        a = f(sums[-1])
    return np.prod([w * f_prime(z) for w, z in zip(weights, sums)])


@right
def chain_gradient(x, weights, f, f_prime):
    activations = [x]
    for w in weights:
        activations.append(f(w * activations[-1]))
    signal = 1.0
    for i in range(len(weights) - 1, -1, -1):
        signal = signal * f_prime(weights[i] * activations[i]) * weights[i]
    return float(signal)


@wrong("The weights are missing, or the slope is taken at the unit's input: each unit has the factor w · f'(z), with "
       "z = w · a.")
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        slope *= f_prime(w * a)
        a = f(w * a)
    return slope


@wrong("The slope is taken at the unit's output; take it at its sum z = w · a.")
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        a = f(w * a)
        slope *= w * f_prime(a)
    return slope


@wrong("The weights are missing, or the slope is taken at the unit's input: each unit has the factor w · f'(z), with "
       "z = w · a.")
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        slope *= w * f_prime(a)
        a = f(w * a)
    return slope


@wrong("Only the first unit was counted: return after the loop, not inside it.")
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        slope *= w * f_prime(w * a)
        a = f(w * a)
        return slope
    return slope


@wrong("Only the last unit was counted: multiply what the loop finds into the product so far.")
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        slope = w * f_prime(w * a)
        a = f(w * a)
    return slope


@wrong("The factors of the units are multiplied, not added up.")
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 0.0
    for w in weights:
        slope += w * f_prime(w * a)
        a = f(w * a)
    return slope


@wrong("That is the output of the chain, not its slope.")
def chain_gradient(x, weights, f, f_prime):
    for w in weights:
        x = f(w * x)
    return x


@wrong("The weights come first layer first: do not turn them round.")
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights[::-1]:
        slope *= w * f_prime(w * a)
        a = f(w * a)
    return slope


@wrong("The sum itself was passed on. The next unit gets a = f(z).")
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        a = w * a
        slope *= w * f_prime(a)
    return slope


@wrong("The slope is taken after `a` was replaced: use the sum z = w · a of the old `a`.")
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        a = f(w * a)
        slope *= w * f_prime(w * a)
    return slope


@wrong("A product that starts at 0 stays 0: let it start at 1.")
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 0.0
    for w in weights:
        slope *= w * f_prime(w * a)
        a = f(w * a)
    return slope


@wrong("The product starts at 1, not at x: only `a` starts there.")
def chain_gradient(x, weights, f, f_prime):
    a = slope = x
    for w in weights:
        slope = slope * w * f_prime(w * a)
        a = f(w * a)
    return slope


@wrong("The sign of a weight counts: the slope may be negative.")
def chain_gradient(x, weights, f, f_prime):
    a, slope = x, 1.0
    for w in weights:
        slope *= abs(w) * f_prime(w * a)
        a = f(w * a)
    return slope


@wrong("Without units the output is x, and its slope is 1.")
def chain_gradient(x, weights, f, f_prime):
    if len(weights) == 0:
        return 0.0
    a, slope = x, 1.0
    for w in weights:
        slope *= w * f_prime(w * a)
        a = f(w * a)
    return slope


@wrong("That is the bound. The slope depends on x and on the weights.")
def chain_gradient(*g):
    return 0.25 ** len(g[1])


@wrong("That is the output of the chain, not its slope.")
def chain_gradient(*g):
    return _walk(*g)[-1][3]


@wrong("Only the weights were multiplied: each unit has the factor w · f'(z).")
def chain_gradient(x, weights, f, f_prime):
    return float(np.prod(weights))


@wrong("`a` never moves on: after each unit it becomes f(z).")
def chain_gradient(x, weights, f, f_prime):
    return float(np.prod([w * f_prime(w * x) for w in weights]))


@wrong("The slope is taken at x for every unit: take it at the unit's own sum z = w · a.")
def chain_gradient(x, weights, f, f_prime):
    return float(np.prod([w * f_prime(x) for w in weights]))


@wrong("The factor of a unit is w · f'(z), not a · f'(z): that would be the slope by the weight.")
def chain_gradient(*g):
    return float(np.prod([a * g[3](z) for _, a, z, _ in _walk(*g)]))


@wrong("The value f(z) stands where the slope f'(z) is asked for.")
def chain_gradient(*g):
    return float(np.prod([w * after for w, _, _, after in _walk(*g)]))


@wrong("The weight counts twice: each unit has the factor w · f'(z).")
def chain_gradient(*g):
    return float(np.prod([w * w * g[3](z) for w, _, z, _ in _walk(*g)]))


@wrong("The last unit is missing.")
def chain_gradient(x, weights, f, f_prime):
    return solution.chain_gradient(x, weights[:-1], f, f_prime)


@wrong("The first unit is missing.")
def chain_gradient(*g):
    return float(np.prod([w * g[3](z) for w, _, z, _ in _walk(*g)[1:]]))


@wrong("The factor of a unit is w times f'(z), not their sum.")
def chain_gradient(*g):
    return float(np.prod([w + g[3](z) for w, _, z, _ in _walk(*g)]))


@wrong("Without any unit the output is x itself. How fast does it grow with x?")
def chain_gradient(x, weights, f, f_prime):
    return solution.chain_gradient(x, weights, f, f_prime) if len(weights) else x


@wrong("The slope is taken at the unit's sum z = w · a, not at its weight.")
def chain_gradient(x, weights, f, f_prime):
    slope = 1.0
    for w in weights:
        slope = slope * w * f_prime(w)
    return slope


exercise("shrink_factor", "How many steps are there from the last layer to the first, and what factor does each make?",
         more="""
    A rumour reaches 5 people on Monday and 320 on Thursday. From Monday to Thursday it grew by 320 / 5 = 64. That
    took three nights, not four. Which factor, three times in a row, makes 64? It is 4, because 4 · 4 · 4 = 64: the
    third root, or 64 to the power of 1/3.

    What happened on Tuesday and Wednesday does not matter for the mean factor. And it has a direction: told from
    Thursday back to Monday, the factor is 1/4 a day. With one day alone there is no night, and no factor.
    """)


def _factor(s):
    return (s[0] / s[-1]) ** (1 / (len(s) - 1))


@right
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("at least two")
    return np.exp(np.mean(np.diff(np.log(signal_norms)[::-1])))


@right
def shrink_factor(signal_norms):
    steps = [a / b for a, b in zip(signal_norms, signal_norms[1:])]
    if not steps:
        raise ValueError(f"{len(signal_norms)} sizes make no step")
    product = 1.0
    for step in steps:
        product *= step
    return product ** (1 / len(steps))


@right
def shrink_factor(signal_norms):
    sizes = np.array(signal_norms, dtype=float)
    if sizes.size <= 1:
        raise ValueError("too few")
    return float(np.power(sizes[0] / sizes[-1], 1.0 / (sizes.size - 1)))


@wrong("Turned round: the signal travels from the last entry to the first.")
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    return (signal_norms[-1] / signal_norms[0]) ** (1 / (len(signal_norms) - 1))


@wrong("That is the change over all layers. Take the root for one.")
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    return signal_norms[0] / signal_norms[-1]


@wrong("Three layers have two steps between them.")
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    return (signal_norms[0] / signal_norms[-1]) ** (1 / len(signal_norms))


@wrong("That is the arithmetic mean of the steps. Factors multiply: take the geometric mean.")
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    sizes = np.asarray(signal_norms, float)
    return np.mean(sizes[:-1] / sizes[1:])


@wrong("One size makes no step: raise ValueError.")
def shrink_factor(signal_norms):
    return (signal_norms[0] / signal_norms[-1]) ** (1 / max(len(signal_norms) - 1, 1))


@wrong("That is the change over all layers, divided by the steps. Factors multiply: take the root.")
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    return signal_norms[0] / signal_norms[-1] / (len(signal_norms) - 1)


@wrong("A signal may grow as well: let the factor be above 1.")
def shrink_factor(signal_norms):
    if len(signal_norms) < 2:
        raise ValueError("too few")
    return min(1.0, (signal_norms[0] / signal_norms[-1]) ** (1 / (len(signal_norms) - 1)))


@wrong("Fewer than two sizes make no step: raise ValueError.")
def shrink_factor(signal_norms):
    if len(signal_norms) == 1:
        raise ValueError("too few")
    return (signal_norms[0] / signal_norms[-1]) ** (1 / (len(signal_norms) - 1))


@wrong("Turned round: the signal travels from the last entry to the first.")
def shrink_factor(s):
    return 1 / _factor(s)


@wrong("That is the change over all layers. Take the root for one.")
def shrink_factor(s):
    return s[0] / s[-1]


@wrong("That is the arithmetic mean of the steps. Factors multiply: take the geometric mean.")
def shrink_factor(s):
    return np.mean(np.asarray(s[:-1]) / np.asarray(s[1:]))


@wrong("Fewer than two sizes make no step: raise ValueError.")
def shrink_factor(signal_norms):
    return (signal_norms[0] / signal_norms[-1]) ** (1 / (len(signal_norms) - 1))


@wrong("That is the step between the first two layers only.")
def shrink_factor(s):
    return s[0] / s[1]


@wrong("That is the mean size. The factor says how much the size changes from layer to layer.")
def shrink_factor(s):
    return float(np.exp(np.mean(np.log(s))))


@wrong("That is the mean size. The factor says how much the size changes from layer to layer.")
def shrink_factor(s):
    return float(np.mean(s))


@wrong("Two sizes make one step: do not refuse them.")
def shrink_factor(s):
    if len(s) < 3:
        raise ValueError("too few")
    return _factor(s)


@wrong("First over last, not smallest over largest: a signal may also grow.")
def shrink_factor(s):
    if len(s) < 2:
        raise ValueError("too few")
    return (np.min(s) / np.max(s)) ** (1 / (len(s) - 1))


@wrong("A factor is a ratio of two sizes, not their difference.")
def shrink_factor(s):
    return float(np.mean(np.diff(s)))


@wrong("A factor is a ratio of two sizes, not their difference.")
def shrink_factor(s):
    return -float(np.mean(np.diff(s)))


@wrong("That is the arithmetic mean of the steps, and they are turned round: from the last layer to the first, and the "
       "geometric mean.")
def shrink_factor(s):
    return np.mean(np.asarray(s[1:]) / np.asarray(s[:-1]))


@wrong("A product of many sizes leaves the range of floats: all but the first and the last cancel anyway.")
def shrink_factor(s):
    if len(s) < 2:
        raise ValueError("too few")
    s = np.asarray(s, float)
    return (np.prod(s[:-1]) / np.prod(s[1:])) ** (1 / (len(s) - 1))


@wrong("The square root is for two steps only: take the root that fits the number of steps.")
def shrink_factor(s):
    if len(s) < 2:
        raise ValueError("too few")
    return np.sqrt(s[0] / s[-1])


@wrong("That is the step between the last two layers only.")
def shrink_factor(s):
    if len(s) < 2:
        raise ValueError("too few")
    return s[-2] / s[-1]


@wrong("That is the logarithm of the factor: take exp of it.")
def shrink_factor(s):
    if len(s) < 2:
        raise ValueError("too few")
    return float(np.log(_factor(s)))


@wrong("Not the median step: the geometric mean of all.")
def shrink_factor(s):
    return float(np.median(np.asarray(s[:-1]) / np.asarray(s[1:])))


@wrong("That is what is lost at each layer. The factor itself is asked for.")
def shrink_factor(s):
    if len(s) < 2:
        raise ValueError("too few")
    return 1 - _factor(s)


exercise("layers_until", "Multiply by the factor, layer by layer, and count until the signal is below the floor. Some "
                         "signals never get there, some are there before the first layer.",
         more="""
    A ball falls from 1 metre and rises to 60 percent after each bounce: 0.6, then 0.36, then 0.216. After how many
    bounces does it stay strictly below 0.36? After two it reaches exactly 0.36, which is not yet below. After three
    it is at 0.216: so 3.

    If the question were "below 2 metres", it would be there before the first bounce: 0. And a magic ball that rises
    as high as it fell stays at 1 metre for ever: no number of bounces will do.
    """)


def _count(factor, floor):
    if floor <= 1 <= factor:
        return None
    n = 0
    while factor ** n >= floor:
        n += 1
    return n


@right
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    n = 0
    while factor ** n >= floor:
        n += 1
    return n


@right
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    return 1 if factor == 0 else 1 + layers_until(factor, floor / factor)


@right
def layers_until(factor, floor):
    import itertools
    if floor <= 1 and factor >= 1:
        return None
    return next(n for n in itertools.count() if factor ** n < floor)


@right
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    if factor == 0:
        return 1
    return int(np.floor(np.log2(floor) / np.log2(factor))) + 1


@wrong("At the floor is not yet below it: the comparison is strict.")
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    n = 0
    while factor ** n > floor or n == 0:
        n += 1
    return n


@wrong("One layer too many: before the first layer the signal is 1.")
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    n = 1
    while factor ** (n - 1) >= floor:
        n += 1
    return n


@wrong("A factor of 1 changes nothing: the signal never gets below, so return None.")
def layers_until(factor, floor):
    n, signal = 0, 1.0
    while signal >= floor and n < 10000:
        signal *= factor
        n += 1
    return n


@wrong("The signal starts at 1. If that is below the floor already, no layer is needed: 0, whatever the factor.")
def layers_until(factor, floor):
    if factor >= 1:
        return None
    n = 0
    while factor ** n >= floor:
        n += 1
    return n


@wrong("A factor of 0 takes everything at the first layer.")
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1 or factor == 0:
        return None
    n = 0
    while factor ** n >= floor:
        n += 1
    return n


@wrong("It does get there, only slowly: do not give up early.")
def layers_until(factor, floor):
    if floor > 1:
        return 0
    for n in range(100):
        if factor ** n < floor:
            return n
    return None


@wrong("Each layer multiplies again: go on until the signal is below the floor.")
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    return 1


@wrong("One layer too few: the signal is 1 before the first layer, and each layer that multiplies counts.")
def layers_until(a, b):
    return _count(a, b) - 1


@wrong("0 would mean that it is below already. It never gets there: return None.")
def layers_until(factor, floor):
    return solution.layers_until(factor, floor) or 0


@wrong("One layer too few: the signal is 1 before the first layer, and each layer that multiplies counts.")
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    n, signal = 0, factor
    while signal >= floor:
        signal *= factor
        n += 1
    return n


@wrong("Each layer multiplies the signal; it takes nothing off.")
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1 or factor == 0:
        return None
    n, signal = 0, 1.0
    while signal >= floor:
        signal -= factor
        n += 1
    return n


@wrong("Each layer multiplies the signal; it does not divide by it, or by how many came before.")
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    n = 1
    while factor / n >= floor:
        n += 1
    return n


@wrong("A factor of 0 takes everything at the first layer; it has no logarithm.")
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    return math.floor(math.log2(floor) / math.log2(factor)) + 1


@wrong("At the floor is not yet below it: the comparison is strict.")
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    return math.ceil(math.log2(floor) / math.log2(factor)) if factor else 1


@wrong("Layers come whole: an int is asked for.")
def layers_until(factor, floor):
    if floor > 1:
        return 0
    if factor >= 1:
        return None
    return math.log2(floor) / math.log2(factor)


@wrong("A factor of 1 changes nothing: the signal never gets below, so return None.")
def layers_until(factor, floor):
    return 1000 if factor == 1 and floor <= 1 else solution.layers_until(factor, floor)


@wrong("A factor of 1 changes nothing: the signal never gets below, so return None.")
def layers_until(factor, floor):
    return 100 if factor == 1 and floor <= 1 else solution.layers_until(factor, floor)


@wrong("If it never gets there the answer is None, not infinity.")
def layers_until(factor, floor):
    n = solution.layers_until(factor, floor)
    return np.inf if n is None else n


@wrong("If it never gets there the answer is None, not −1.")
def layers_until(factor, floor):
    n = solution.layers_until(factor, floor)
    return -1 if n is None else n


@wrong("The number of layers is asked for, not the signal that is left.")
def layers_until(factor, floor):
    n = solution.layers_until(factor, floor)
    return None if n is None else factor ** n


@wrong("If it never gets there the answer is None itself, not a word.")
def layers_until(factor, floor):
    found = solution.layers_until(factor, floor)
    return "never" if found is None else found


exercise("xavier_std", "Xavier's standard deviation is the root of 2 / (fan_in + fan_out), He's the root of 2 / "
                       "fan_in.",
         more="""
    Add up n independent random numbers, each with variance v: the sum has variance n · v. Take n = 18 numbers of
    variance 0.5. The sum has variance 9, and its standard deviation is the square root of 9, so 3.

    To keep the sum's variance at 1, each number needs the variance 1/18, and the standard deviation is √(1/18) =
    0.236. A unit adds up fan_in products, and on the way back fan_out of them; a ReLU throws half of the variance
    away, so He starts with twice as much. In all cases: find the variance, then take the root.
    """)


@right
def xavier_std(fan_in, fan_out):
    return (2.0 / (fan_in + fan_out)) ** 0.5


@right
def he_std(fan_in):
    return (2.0 / fan_in) ** 0.5


import math


@right
def xavier_std(fan_in, fan_out):
    return 1 / math.sqrt((fan_in + fan_out) / 2)


@right
def he_std(fan_in):
    return math.sqrt(2) / math.sqrt(fan_in)


@right
def xavier_std(fan_in, fan_out):
    limit = np.sqrt(6.0 / (fan_in + fan_out))
    return limit / np.sqrt(3.0)


@right
def he_std(fan_in):
    return xavier_std(fan_in, 0)


@wrong("The 2 is missing: the ReLU stops half, so the variance is doubled.")
def he_std(fan_in):
    return np.sqrt(1 / fan_in)


@wrong("The two numbers are added, not multiplied.")
def xavier_std(fan_in, fan_out):
    return np.sqrt(2 / (fan_in * fan_out))


@wrong("The 2 belongs under the root.")
def he_std(fan_in):
    return 2 / np.sqrt(fan_in)


@wrong("That is the variance. The standard deviation is its square root.")
def xavier_std(m, n):
    return 2 / (m + n)


@wrong("That is the end of the uniform range that has this standard deviation.")
def xavier_std(m, n):
    return np.sqrt(6 / (m + n))


@wrong("Only fan_in was used. Xavier takes both ends of the layer.")
def xavier_std(m, n):
    return np.sqrt(1 / m)


@wrong("That is He's. Xavier takes both ends of the layer.")
def xavier_std(m, n):
    return np.sqrt(2 / m)


@wrong("Only fan_out was used. Xavier takes both ends of the layer.")
def xavier_std(m, n):
    return np.sqrt(2 / n)


@wrong("The 2 is missing.")
def xavier_std(m, n):
    return np.sqrt(1 / (m + n))


@wrong("The factor 4 belongs to `xavier4`, not to `xavier_std`.")
def xavier_std(m, n):
    return 4 * np.sqrt(2 / (m + n))


@wrong("`//` cuts the fraction off; use `/`.")
def xavier_std(m, n):
    return np.sqrt(2 // (m + n))


@wrong("That is the variance. The standard deviation is its square root.")
def he_std(m):
    return 2 / m


@wrong("That is the end of the uniform range that has this standard deviation.")
def he_std(m):
    return np.sqrt(6 / m)


@wrong("`//` cuts the fraction off; use `/`.")
def he_std(m):
    return np.sqrt(2 // m)


@wrong("2 / fan_in + fan_out divides only by fan_in: put brackets around the sum.")
def xavier_std(m, n):
    return np.sqrt(2 / m + n)


@wrong("The root covers the whole fraction, not the 2 alone.")
def xavier_std(m, n):
    return np.sqrt(2) / (m + n)


@wrong("The root covers the whole fraction, not the 2 alone.")
def he_std(m):
    return np.sqrt(2) / m


@wrong("The square root is asked for, not the square.")
def xavier_std(m, n):
    return (2 / (m + n)) ** 2


@wrong("The square root is asked for, not the square.")
def he_std(m):
    return (2 / m) ** 2


@wrong("Only fan_out was used. Xavier takes both ends of the layer.")
def xavier_std(m, n):
    return np.sqrt(1 / n)


@wrong("The fraction stands upside down: many inputs ask for small weights.")
def xavier_std(m, n):
    return np.sqrt((m + n) / 2)


@wrong("The fraction stands upside down: many inputs ask for small weights.")
def he_std(m):
    return np.sqrt(m / 2)


@wrong("Xavier takes the ordinary mean of the two ends, (fan_in + fan_out) / 2, not the root of their product.")
def xavier_std(m, n):
    return (m * n) ** -0.25


@wrong("The 2 belongs on top of the fraction, not below it.")
def xavier_std(m, n):
    return np.sqrt(1 / (2 * (m + n)))


@wrong("The 2 belongs on top of the fraction, not below it.")
def he_std(m):
    return np.sqrt(1 / (2 * m))


@wrong("The two numbers are added, not subtracted.")
class Difference:
    def xavier_std(fan_in, fan_out):
        return np.sqrt(2 / max(abs(fan_in - fan_out), 1))


exercise("choose_init", "Return one of the four words for each activation and depth, and let the table of the lesson "
                        "say which.",
         more="""
    Decide as a gardener does. A plant for a shady spot, a plant for a sunny one, a plant for the balcony: three
    questions, three answers, and the answer may depend on the place alone, or on the size of the pot too.

        def plant(place, size):
            return {"shade": "fern", "sun": "lavender"}.get(place, "ivy")

    For a net, the question is which start lets the signal through all layers. Lesson 4 measured a factor per layer
    for each pair of activation and start: near 1 is what you want, forward and backward.
    """)


@right
def choose_init(activation, depth):
    return "xavier4" if activation == "sigmoid" else "he"


@right
def choose_init(activation, depth):
    if depth >= 20:
        return "he"
    if activation == "sigmoid":
        return "xavier4"
    return "xavier"


@right
def choose_init(activation, depth):
    return {("sigmoid", 6): "xavier4", ("tanh", 6): "xavier4", ("relu", 20): "he"}[activation, depth]


@wrong("With such small weights, six tanh layers lose the signal. Measure the factor per layer.")
def choose_init(activation, depth):
    return "small"


@wrong("Return 'small', 'xavier', 'xavier4' or 'he', spelled so.")
def choose_init(activation, depth):
    return {"sigmoid": "4xavier", "tanh": "Xavier", "relu": "He"}[activation]


@wrong("For the sigmoid, Xavier alone is too narrow: its slope takes at least three quarters at every layer.")
def choose_init(activation, depth):
    return "he" if activation == "relu" else "xavier"


@wrong("For the sigmoid, He's start is still too narrow: it makes up for a ReLU, not for a slope of one quarter.")
def choose_init(activation, depth):
    return "he"


@wrong("For the sigmoid, small weights lose the signal at once: it needs the widest start of the four.")
def choose_init(activation, depth):
    return {"sigmoid": "small", "tanh": "xavier", "relu": "he"}[activation]


@wrong("For twenty ReLU layers, Xavier loses a little at every layer, and twenty times a little is a lot.")
def choose_init(activation, depth):
    return "xavier4" if activation == "sigmoid" else "xavier"


@wrong("For twenty ReLU layers, four times Xavier makes the signal grow at every layer: it explodes.")
def choose_init(activation, depth):
    return "xavier4"


@wrong("For twenty ReLU layers, small weights lose the signal. Measure the factor per layer.")
def choose_init(activation, depth):
    return {"sigmoid": "xavier4", "tanh": "he", "relu": "small"}[activation]


@wrong("No answer for one of the three cases: return a word for each.")
def choose_init(activation, depth):
    if activation == "tanh":
        return "xavier"
    if activation == "relu":
        return "he"
