# Lesson 06: right answers, wrong ones with their hints, and a second hint for each exercise. See CONTRIBUTING.md.


exercise("dead_units", "A unit is dead if none of its sums, on any example, is above 0. One answer for each unit.",
         more="""
    Four neighbours, three evenings. Who never had the light on? A table holds one evening in each row and one
    neighbour in each column: (on, off, off, off), (on, on, off, off), (off, on, off, on). Read it column by column.
    The first was in on two evenings, the second on two, the third never, the fourth once. So only the third: (no,
    no, yes, no).

    Being dark on one evening is not enough. And "never on" includes the evening on which somebody stood exactly at
    the switch without pressing it.

        np.array([[True, False], [True, True]]).all(axis=0)

    gives `[True, False]`: one answer for each column.
    """)


@right
def dead_units(Z):
    return np.max(Z, axis=0) <= 0


@right
def dead_units(Z):
    Z = np.array(Z)
    dead = []
    for unit in range(Z.shape[1]):
        dead.append(not any(z > 0 for z in Z[:, unit]))
    return np.array(dead)


@right
def dead_units(Z):
    return np.maximum(np.asarray(Z, float), 0).sum(axis=0) == 0


@wrong("A sum of exactly 0 gives 0 too: a unit that is never above 0 is dead.")
def dead_units(Z):
    return (np.asarray(Z) < 0).all(axis=0)


@wrong("Silent on some examples is not dead. It must be silent on all of them.")
def dead_units(Z):
    return (np.asarray(Z) <= 0).any(axis=0)


@wrong("One answer for each unit, not for each example: go along axis 0.")
def dead_units(Z):
    return (np.asarray(Z) <= 0).all(axis=1)


@wrong("Turned round: True is for a dead unit.")
def dead_units(Z):
    return (np.asarray(Z) > 0).any(axis=0)


@wrong("One answer for each unit, not their number.")
def dead_units(Z):
    return int((np.asarray(Z) <= 0).all(axis=0).sum())


@wrong("A boolean for each unit, not the places of the dead ones.")
def dead_units(Z):
    return np.flatnonzero((np.asarray(Z) <= 0).all(axis=0))


@wrong("A mean of 0 or below is not enough: a unit that is above 0 once is alive.")
def dead_units(Z):
    return np.mean(Z, axis=0) <= 0


@wrong("One answer for each unit, not one for the whole layer: axis=0.")
def dead_units(Z):
    return bool((np.asarray(Z) <= 0).all())


@wrong("One answer for each unit: take all along axis 0, not the table of all sums.")
def dead_units(Z):
    return np.asarray(Z) <= 0


@wrong("Return booleans, True and False, not numbers.")
def dead_units(Z):
    return (np.asarray(Z) <= 0).all(axis=0).astype(float)


@wrong("However small, a sum above 0 is alive: compare with 0 itself.")
def dead_units(Z):
    return np.max(Z, axis=0) < 1e-6


@wrong("A unit that is 0 everywhere is not the only dead one: the ReLU makes 0 of every negative sum.")
def dead_units(Z):
    return (np.asarray(Z) == 0).all(axis=0)


@wrong("All examples count, not only the first.")
def dead_units(Z):
    return np.asarray(Z)[0] <= 0


@wrong("All examples count, not only the last.")
def dead_units(Z):
    return np.asarray(Z)[-1] <= 0


@wrong("Silent on most examples is not dead. It must be silent on all of them.")
def dead_units(Z):
    return np.mean(np.asarray(Z) <= 0, axis=0) > 0.5


@wrong("Turned round: True is for a dead unit.")
def dead_units(Z):
    return (np.asarray(Z) > 0).all(axis=0)


@wrong("That counts the examples on which a unit is silent: is it silent on all of them?")
def dead_units(Z):
    return (np.asarray(Z) <= 0).sum(axis=0)


exercise("dead_fraction", "Count the dead units of all layers, and divide by the number of all units.",
         more="""
    Two classes sit an exam. In the first 1 of 2 pupils fails, in the second 2 of 8. The share of all pupils who
    fail is 3 of 10 = 0.3. The mean of the two shares, 0.5 and 0.25, is 0.375, and that is another number: it counts
    a pupil of the small class four times as much.

    So put all pupils into one row first, and take the share then. np.concatenate makes one array of several, also
    when they differ in length.
    """)


def _dead(Z):
    return (np.asarray(Z) <= 0).all(0)


def _share(Zs):
    return np.concatenate([_dead(Z) for Z in Zs]).mean()


@right
def dead_fraction(Zs):
    return sum(dead_units(Z).sum() for Z in Zs) / sum(np.shape(Z)[1] for Z in Zs)


@right
def dead_fraction(Zs):
    dead = total = 0
    for Z in Zs:
        for column in np.transpose(Z):
            total += 1
            dead += max(column) <= 0
    return dead / total


@right
def dead_fraction(Zs):
    return float(np.mean(dead_units(np.hstack([np.asarray(Z) for Z in Zs]))))


@wrong("That is the mean of the layers' shares. Pool the units: the larger layer counts for more.")
def dead_fraction(Zs):
    return np.mean([dead_units(Z).mean() for Z in Zs])


@wrong("That is the number of dead units: divide by the number of all units.")
def dead_fraction(Zs):
    return sum(int(dead_units(Z).sum()) for Z in Zs)


@wrong("That is the share of sums that are 0 or below. Count units.")
def dead_fraction(Zs):
    return float(np.mean(np.concatenate([np.ravel(Z) for Z in Zs]) <= 0))


@wrong("Turned round: that is the share of units that are alive.")
def dead_fraction(Zs):
    return 1 - np.concatenate([dead_units(Z) for Z in Zs]).mean()


@wrong("That is the last layer alone.")
def dead_fraction(Zs):
    return dead_units(Zs[-1]).mean()


@wrong("A share from 0 to 1, not percent.")
def dead_fraction(Zs):
    return 100 * np.concatenate([dead_units(Z) for Z in Zs]).mean()


@wrong("Layers of different size do not fit into one array: ask dead_units about one layer at a time.")
def dead_fraction(Zs):
    return dead_units(Zs).mean()


@wrong("Shares of layers are not added up. Pool the units.")
def dead_fraction(Zs):
    return sum(_dead(Z).mean() for Z in Zs)


@wrong("Layers may differ in size: count the units of each.")
def dead_fraction(Zs):
    return sum(_dead(Z).sum() for Z in Zs) / len(Zs[0][0]) / len(Zs)


@wrong("Silent on some examples is not dead: a unit counts only if it is silent on all of them.")
def dead_fraction(Zs):
    return np.concatenate([(np.asarray(Z) <= 0).any(axis=0) for Z in Zs]).mean()


@wrong("Divide by the number of all units, not of layers.")
def dead_fraction(Zs):
    return sum(_dead(Z).sum() for Z in Zs) / len(Zs)


@wrong("That is the first layer alone.")
def dead_fraction(Zs):
    return _dead(Zs[0]).mean()


@wrong("Divide by the number of units, not of all sums: the examples do not count.")
def dead_fraction(Zs):
    return sum(_dead(Z).sum() for Z in Zs) / sum(np.size(Z) for Z in Zs)


@wrong("Shares of layers are not multiplied. Pool the units.")
def dead_fraction(Zs):
    return np.prod([_dead(Z).mean() for Z in Zs])


@wrong("A sum of exactly 0 gives 0 too: a unit that is never above 0 is dead.")
def dead_fraction(Zs):
    return np.concatenate([(np.asarray(Z) < 0).all(axis=0) for Z in Zs]).mean()


@wrong("The dead are compared with the living: divide by the number of all units.")
def dead_fraction(Zs):
    share = _share(Zs)
    return share / (1 - share) if share < 1 else np.inf


@wrong("One share for each layer came back: pool the units, one number is asked for.")
def dead_fraction(Zs):
    return [_dead(Z).mean() for Z in Zs]


@wrong("That counts examples on which a whole layer is silent: go along axis 0, unit by unit.")
def dead_fraction(Zs):
    return np.concatenate([(np.asarray(Z) <= 0).all(axis=1) for Z in Zs]).mean()


@wrong("len(Z) is the number of examples: the units are the columns.")
def dead_fraction(Zs):
    return sum(dead_units(Z).sum() for Z in Zs) / sum(len(Z) for Z in Zs)


@wrong("Layers of different size do not fit into one array: ask dead_units about one layer at a time.")
def dead_fraction(Zs):
    return dead_units(np.concatenate(Zs)).mean()


exercise("unit_gradient", "First d = upstream times the slope at each sum, X @ w + b. Then each weight gathers its "
                          "input times d over the examples, and the bias the sum of d.",
         more="""
    Two workers report to a boss who listens only if a report is above zero. Report one is 3, report two is −1. The
    company says how much each report matters: 5 and 8. So the boss's ear passes on 5 for the first and 0 for the
    second.

    Now the knobs. Worker one had inputs 2 and 4, worker two 1 and 6. The first knob multiplies the first input: 2 ·
    5 + 1 · 0 = 10. The second: 4 · 5 + 6 · 0 = 20. The knob that is added to every report: 5 + 0 = 5. Three
    numbers, summed over the workers.
    """)


def _unit(X, w, b, up, slope=lambda z: z > 0):
    X, z = np.asarray(X, float), np.asarray(X) @ np.asarray(w) + b
    d = np.asarray(up) * slope(z)
    return X.T @ d, d.sum()


@right
def unit_gradient(X, w, b, upstream):
    d_w, d_b = np.zeros(len(w)), 0.0
    for x, g in zip(np.asarray(X, float), upstream):
        if x @ np.asarray(w) + b > 0:
            d_w += g * x
            d_b += g
    return d_w, d_b


@right
def unit_gradient(X, w, b, upstream):
    X, upstream = np.array(X), np.array(upstream)
    slope = np.heaviside(X.dot(w) + b, 0.0)
    return [np.einsum("n,n,nd->d", upstream, slope, X), float(upstream @ slope)]


@right
def unit_gradient(X, w, b, upstream):
    X, upstream = np.asarray(X, dtype=float), np.asarray(upstream, dtype=float)
    on = (X * w).sum(axis=1) > -b
    return (X[on] * upstream[on][:, None]).sum(axis=0), upstream[on].sum()


@wrong("The ReLU is missing: only examples with a sum above 0 pass anything on.")
def unit_gradient(X, w, b, upstream):
    X, d = np.asarray(X), np.asarray(upstream)
    return X.T @ d, d.sum()


@wrong("The sum of the second example, bias included, is exactly 0: at exactly 0 the slope is 0.")
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * (X @ np.asarray(w) + b >= 0)
    return X.T @ d, d.sum()


@wrong("The bias is missing from the sums that decide who passes anything on.")
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * (X @ np.asarray(w) > 0)
    return X.T @ d, d.sum()


@wrong("Your sums decide, not the sign of what comes from upstream.")
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.maximum(upstream, 0)
    return X.T @ d, d.sum()


@wrong("The gradients are summed over the examples, not averaged.")
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * (X @ np.asarray(w) + b > 0)
    return X.T @ d / len(X), d.mean()


@wrong("The bias gets one number: sum over the examples.")
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * (X @ np.asarray(w) + b > 0)
    return X.T @ d, d


@wrong("The upstream gradient is missing.")
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    on = (X @ np.asarray(w) + b > 0).astype(float)
    return X.T @ on, on.sum()


@wrong("The slope of a ReLU is 1 where it is active, not the sum itself.")
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * np.maximum(X @ np.asarray(w) + b, 0)
    return X.T @ d, d.sum()


@wrong("The bias passes through the ReLU as well.")
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X)
    d = np.asarray(upstream) * (X @ np.asarray(w) + b > 0)
    return X.T @ d, np.sum(upstream)


@wrong("The sign: these are gradients, not the step.")
def unit_gradient(*a):
    return tuple(-g for g in _unit(*a))


@wrong("That is a leaky ReLU. This unit is a plain one.")
def unit_gradient(*a):
    return _unit(*a, slope=lambda z: np.where(z > 0, 1, 0.01))


@wrong("The bias gets the upstream gradient of the active examples, not their number.")
def unit_gradient(X, w, b, upstream):
    return solution.unit_gradient(X, w, b, upstream)[0], np.sum(np.asarray(X) @ np.asarray(w) + b > 0)


@wrong("Return two things: d_w and d_b.")
def unit_gradient(X, w, b, upstream):
    return solution.unit_gradient(X, w, b, upstream)[0]


@wrong("The formula gets Z, X and the upstream gradient of this lesson: `relu_backward` is a function of lesson 5.")
def unit_gradient(X, w, b, upstream):
    return relu_backward(upstream, np.asarray(X) @ np.asarray(w) + b)


@wrong("d_w: each weight gathers its input times d; the weights themselves are not in it.")
def unit_gradient(X, w, b, upstream):
    d_b = solution.unit_gradient(X, w, b, upstream)[1]
    return np.asarray(w) * d_b, d_b


@wrong("Sum over the examples: d_w is (d,), d_b is one number.")
def unit_gradient(X, w, b, upstream):
    d = np.asarray(upstream) * (np.asarray(X) @ np.asarray(w) + b > 0)
    return np.asarray(X) * d[:, None], d


@wrong("Sum over the examples: d_w is (d,), d_b is one number.")
def unit_gradient(X, w, b, upstream):
    d = np.asarray(upstream) * (np.asarray(X) @ np.asarray(w) + b > 0)
    return np.asarray(X) * d[:, None], d.sum()


@wrong("The order is (d_w, d_b).")
def unit_gradient(*a):
    return _unit(*a)[::-1]


@wrong("The mask is turned round: only examples with a sum above 0 pass anything on.")
def unit_gradient(*a):
    return _unit(*a, slope=lambda z: z <= 0)


@wrong("The mask is turned round: only examples with a sum above 0 pass anything on.")
def unit_gradient(*a):
    return _unit(*a, slope=lambda z: z < 0)


@wrong("d_w lacks the inputs: each weight gathers its own input times d.")
def unit_gradient(X, w, b, upstream):
    d_b = _unit(X, w, b, upstream)[1]
    return np.full(len(w), d_b), d_b


@wrong("Below 0 the slope is 0, not −1.")
def unit_gradient(*a):
    return _unit(*a, slope=np.sign)


@wrong("At exactly 0 the slope is 0 by convention, not one half.")
def unit_gradient(*a):
    return _unit(*a, slope=lambda z: np.heaviside(z, 0.5))


@wrong("The weights' gradient passes through the ReLU as well.")
def unit_gradient(X, w, b, upstream):
    return np.asarray(X, float).T @ np.asarray(upstream), _unit(X, w, b, upstream)[1]


@wrong("d_b is the sum of d alone: the bias b itself is no factor.")
def unit_gradient(X, w, b, upstream):
    d_w, d_b = _unit(X, w, b, upstream)
    return d_w, b * d_b


@wrong("d_w: each example counts by what comes from upstream, not once.")
def unit_gradient(X, w, b, upstream):
    X = np.asarray(X, float)
    return X[X @ np.asarray(w) + b > 0].sum(axis=0), solution.unit_gradient(X, w, b, upstream)[1]


exercise("leaky_relu_backward", "The slope is 1 above 0 and alpha elsewhere; multiply it by d_out.",
         more="""
    A road with a toll gate. Traffic from the north passes in full, traffic from the south is let through at a
    quarter. On the way back the same gate counts: a message of 12 to a driver from the north arrives as 12, a
    message of 12 to one from the south as 3, and a message of −8 as −2.

    How far the driver came does not matter, only from which side. And the house at the border, exactly at 0,
    belongs to the south by the rules here. The quarter may be another share tomorrow: it is an argument.
    """)


@right
def leaky_relu_backward(d_out, Z, alpha=0.01):
    d = np.array(d_out, dtype=float)
    d[np.asarray(Z) <= 0] *= alpha
    return d


@right
def leaky_relu_backward(d_out, Z, alpha=0.01):
    on = np.asarray(Z) > 0
    return np.multiply(d_out, alpha + (1 - alpha) * on)


@right
def leaky_relu_backward(d_out, Z, alpha=0.01):
    d_out = np.asarray(d_out)
    return np.where(np.asarray(Z) > 0, d_out, alpha * d_out)


@wrong("At a sum of exactly 0 the slope is alpha.")
def leaky_relu_backward(d_out, Z, alpha=0.01):
    return np.asarray(d_out) * np.where(np.asarray(Z) >= 0, 1.0, alpha)


@wrong("That is the plain ReLU: below 0 the slope is alpha.")
def leaky_relu_backward(d_out, Z, alpha=0.01):
    return np.asarray(d_out) * (np.asarray(Z) > 0)


@wrong("That is the leaky ReLU itself. Here its slope is asked for, times d_out.")
def leaky_relu_backward(d_out, Z, alpha=0.01):
    Z = np.asarray(Z)
    return np.where(Z > 0, Z, alpha * Z)


@wrong("The upstream gradient is missing: multiply by d_out.")
def leaky_relu_backward(d_out, Z, alpha=0.01):
    return np.where(np.asarray(Z) > 0, 1.0, alpha)


@wrong("Look at the sign of Z, not at that of d_out.")
def leaky_relu_backward(d_out, Z, alpha=0.01):
    d = np.asarray(d_out)
    return np.where(d > 0, d, alpha * d)


@wrong("alpha has a default, but another one may come in: use it.")
def leaky_relu_backward(d_out, Z, alpha=0.01):
    return np.asarray(d_out) * np.where(np.asarray(Z) > 0, 1.0, 0.01)


@wrong("The slope below 0 is alpha itself, not alpha times the sum.")
def leaky_relu_backward(d_out, Z, alpha=0.01):
    Z = np.asarray(Z)
    return np.asarray(d_out) * np.where(Z > 0, 1.0, alpha * Z)


@wrong("Turned round: alpha is for sums of 0 and below.")
def leaky_relu_backward(d_out, Z, alpha=0.01):
    return np.asarray(d_out) * np.where(np.asarray(Z) > 0, alpha, 1.0)


@wrong("That is the plain ReLU: below 0 the slope is alpha.")
def leaky_relu_backward(d, Z, a=0.01):
    return d * (Z > 0)


@wrong("The upstream gradient is missing: multiply by d_out.")
def leaky_relu_backward(d, Z, a=0.01):
    return np.where(Z > 0, 1.0, a)


@wrong("Look at the sign of Z, not at that of d_out.")
def leaky_relu_backward(d, Z, a=0.01):
    return np.where(d > 0, d, a * d)


@wrong("Multiply d_out by the slope, not by the value.")
def leaky_relu_backward(d, Z, a=0.01):
    return d * np.where(Z > 0, Z, a * Z)


@wrong("The slope below 0 is alpha, not minus alpha.")
def leaky_relu_backward(d, Z, a=0.01):
    return d * np.where(Z > 0, 1.0, -a)


@wrong("Where Z is below 0, d_out counts too: alpha times d_out.")
def leaky_relu_backward(d, Z, a=0.01):
    return np.where(Z > 0, d, a)


@wrong("Above 0 too it is the slope times d_out, not the sum.")
def leaky_relu_backward(d_out, Z, alpha=0.01):
    return np.where(np.asarray(Z) > 0, Z, alpha * np.asarray(d_out))


@wrong("Above 0 the slope is 1, not alpha.")
def leaky_relu_backward(d, Z, a=0.01):
    return np.asarray(d) * a


@wrong("Below 0 it is alpha times d_out, not alpha times Z.")
def leaky_relu_backward(d, Z, a=0.01):
    return np.where(np.asarray(Z) > 0, d, a * np.asarray(Z))


@wrong("Below 0 it is always alpha times d_out: the smaller of the two is another one for a negative d_out.")
def leaky_relu_backward(d, Z, a=0.01):
    d = np.asarray(d)
    return np.where(np.asarray(Z) > 0, d, np.minimum(d, a * d))


@wrong("Below 0 it is always alpha times d_out: the larger of the two is another one for a positive d_out.")
def leaky_relu_backward(d, Z, a=0.01):
    d = np.asarray(d)
    return np.where(np.asarray(Z) > 0, d, np.maximum(d, a * d))


@wrong("alpha may be 0: `alpha or 0.01` takes a 0 for missing.")
def leaky_relu_backward(d, Z, a=0.01):
    return solution.leaky_relu_backward(d, Z, a or 0.01)


@wrong("Below 0 the slope is alpha, not 1 − alpha.")
def leaky_relu_backward(d, Z, a=0.01):
    return np.asarray(d) * np.where(np.asarray(Z) > 0, 1.0, 1 - a)


@wrong("d_out is multiplied by the slope; the slope is not added to it.")
def leaky_relu_backward(d, Z, a=0.01):
    return np.asarray(d) + np.where(np.asarray(Z) > 0, 1.0, a)


@wrong("Multiply by alpha; do not divide by it.")
def leaky_relu_backward(d, Z, a=0.01):
    return np.asarray(d) * np.where(np.asarray(Z) > 0, 1.0, 1 / (a or 1e-300))


@wrong("The slope is 1 for every Z above 0: Z itself is no factor.")
def leaky_relu_backward(d, Z, a=0.01):
    return np.asarray(d) * np.maximum(Z, a)


@wrong("At a sum of exactly 0 the slope is alpha, not 0.")
def leaky_relu_backward(d, Z, a=0.01):
    Z = np.asarray(Z)
    return np.asarray(d) * ((Z > 0) + a * (Z < 0))


exercise("rescue_plan", "Return a dict with an activation that has a slope below 0, and a rate that is neither too "
                        "small nor too large.",
         more="""
    A swimmer who floats on the back does not notice a whisper, and too loud a shout makes her sink. To rescue her
    you need two things: a rope that reaches her, and a pull of the right strength.

    The rope is the slope below 0. If it is 0, no gradient arrives. With a slope of 0.01 and a gradient of 2, a
    hundredth arrives: 0.02. The pull is the learning rate. With 0.1 each step moves the weight by 0.002, with 0.001
    by 0.00002, and twenty epochs may not be enough.

    Try a few pairs in the cell, and look at both numbers.
    """)


@right
def rescue_plan():
    return {"activation": "elu", "lr": 0.05}


@right
def rescue_plan():
    return dict(lr=0.1, activation="leaky")


@right
def rescue_plan():
    return {"activation": "leaky", "alpha": np.float64(0.2), "lr": 0.02, "why": "the dead get a slope"}


@wrong("A slope of 0 lets nothing through where a unit is dead: take an activation that has a slope there.")
def rescue_plan():
    return {"activation": "relu", "lr": 0.03}


@wrong("A slope of 0 lets nothing through where a unit is dead: take an activation that has a slope there.")
def rescue_plan():
    return {"activation": "leaky", "alpha": 0.0, "lr": 0.03}


@wrong("So high a rate kills again, or diverges: lower it.")
def rescue_plan():
    return {"activation": "elu", "lr": 1.0}


@wrong("Something does come back, but too slowly: look at what a larger slope below 0, or a larger rate, does.")
def rescue_plan():
    return {"activation": "leaky", "alpha": 0.01, "lr": 0.001}


@wrong("Something does come back, but too slowly: look at what a larger slope below 0, or a larger rate, does.")
def rescue_plan():
    return {"activation": "gelu", "lr": 0.03}


@wrong("So large a slope below 0 wakes the dead units with a jolt, and training diverges: lower alpha or lr.")
def rescue_plan():
    return {"activation": "leaky", "alpha": 1.0, "lr": 0.03}


@wrong("activation is one of the four words of the cell, spelled so.")
def rescue_plan():
    return {"activation": "Leaky ReLU", "lr": 0.03}


@wrong("lr is a number above 0.")
def rescue_plan():
    return {"activation": "elu", "learning_rate": 0.03}


@wrong("alpha is a number from 0 to 1.")
def rescue_plan():
    return {"activation": "leaky", "lr": 0.03, "alpha": "0.1"}


exercise("born_dead_bound", "A layer of N units is silent with probability 2 to the power of −N, and the net speaks "
                            "only if no layer is silent.",
         more="""
    A message goes through two offices. The first is closed if all of its 3 clerks are ill, the second if all of its
    2 are. Let a clerk be ill with probability 1/3, each by chance of his own. All three are ill with probability
    1/27, both with 1/9.

    When does the message get through? If neither office is closed: 26/27 · 8/9 = 0.856. So it fails with
    probability 1 − 0.856 = 0.144. Adding 1/27 and 1/9 gives 0.148, a little too much: the days on which both are
    closed count twice.
    """)


def _bound(widths):
    return 1 - float(np.prod([1 - 0.5 ** int(n) for n in widths]))


@right
def born_dead_bound(widths):
    alive = 1.0
    for n in widths:
        alive *= 1 - 2.0 ** -int(n)
    return 1 - alive


@right
def born_dead_bound(widths):
    return -np.expm1(np.sum(np.log1p(-0.5 ** np.asarray(widths, float))))


@right
def born_dead_bound(widths):
    dead = 0.0
    for n in widths:
        dead = dead + (1 - dead) * 0.5 ** n
    return dead


@wrong("That is the probability that all layers stay alive: take it from 1.")
def born_dead_bound(widths):
    return np.prod([1 - 0.5 ** n for n in widths])


@wrong("Probabilities of layers are not added up: multiply those of staying alive.")
def born_dead_bound(widths):
    return sum(0.5 ** n for n in widths)


@wrong("Turned round: one silent layer is enough, so multiply the probabilities of staying alive.")
def born_dead_bound(widths):
    return 1 - np.prod([0.5 ** n for n in widths])


@wrong("Layers may differ in width: each has a factor of its own.")
def born_dead_bound(widths):
    widths = list(widths) or [99]
    return 1 - (1 - 0.5 ** widths[0]) ** len(widths)


@wrong("A layer of N units is silent with probability 2 to the power of minus N, not 1 / N.")
def born_dead_bound(widths):
    return 1 - np.prod([1 - 1 / n for n in widths])


@wrong("That is the last layer alone.")
def born_dead_bound(widths):
    for n in widths:
        result = 0.5 ** n
    return result


@wrong("Without layers nothing can be silent: 0.")
def born_dead_bound(widths):
    alive = 1 - 0.5 ** widths[0]
    for n in widths[1:]:
        alive *= 1 - 0.5 ** n
    return 1 - alive


@wrong("That is for all layers silent at once. One silent layer is enough.")
def born_dead_bound(w):
    return 0.5 ** int(sum(w))


@wrong("Layers may differ in width: each has a factor of its own.")
def born_dead_bound(w):
    return 1 - (1 - 0.5 ** int(w[0])) ** len(w)


@wrong("Each layer has a factor of its own, not one for the mean width.")
def born_dead_bound(w):
    return 1 - (1 - 0.5 ** np.mean(w)) ** len(w)


@wrong("That is the last layer alone.")
def born_dead_bound(w):
    return 0.5 ** int(w[-1])


@wrong("The last hidden layer counts too.")
def born_dead_bound(w):
    return 1 - np.prod([1 - 0.5 ** int(n) for n in w[:-1]])


@wrong("Do not round.")
def born_dead_bound(w):
    return round(_bound(w), 3)


@wrong("2 to the power of N, not 2 times N.")
def born_dead_bound(w):
    return 1 - np.prod([1 - 1 / (2 * n) for n in w])


@wrong("2 to the power of N, not N squared.")
def born_dead_bound(w):
    return 1 - np.prod([1 - 1 / n ** 2 for n in w])


@wrong("The width counts: a layer of N units is silent with probability 2 to the power of −N, not one half.")
def born_dead_bound(w):
    return 1 - 0.5 ** len(w)


@wrong("Not the narrowest layer alone: each layer may be the silent one.")
def born_dead_bound(w):
    return 0.5 ** int(min(w)) if len(w) else 0.0


@wrong("That is the first layer alone.")
def born_dead_bound(w):
    return 0.5 ** int(w[0])


@wrong("That is a mean over the layers. One silent layer is enough, so multiply the probabilities of staying alive.")
def born_dead_bound(w):
    return float(np.mean([0.5 ** int(n) for n in w]))


@wrong("A layer stays alive with probability 1 − 2^−N, not 1 + 2^−N.")
def born_dead_bound(w):
    return 1 - np.prod([1 + 0.5 ** int(n) for n in w])


@wrong("Percent are not asked for: a number from 0 to 1.")
def born_dead_bound(w):
    return 100 * _bound(w)


@wrong("The minus in the exponent is missing: 2 to the power of −N is a small number.")
def born_dead_bound(widths):
    return 1 - np.prod([1 - 2.0 ** N for N in widths])


@wrong("Half of the weighted sums are below 0: the base is 2, not e.")
def born_dead_bound(widths):
    return 1 - np.prod([1 - np.exp(-float(n)) for n in widths])


@wrong("Layers fail one by one: each has its own probability, so do not multiply the widths.")
def born_dead_bound(widths):
    return 0.5 ** np.prod(widths)
