# Lesson 05: correct answers that must get full marks, and wrong ones with a part of the hint they must draw.
# ruff: noqa: F811, F821

# %% forward | correct | homogeneous coordinates
def forward(params, X):
    X = np.array(X, float)
    ones = np.ones((len(X), 1))
    Z1 = np.hstack([X, ones]) @ np.vstack([params["W1"], params["b1"]])
    A1 = np.where(Z1 > 0, Z1, 0.0)
    return {"Z1": Z1, "A1": A1, "logits": np.hstack([A1, ones]) @ np.vstack([params["W2"], params["b2"]])}

# %% forward | correct | loops over examples, further keys
def forward(params, X):
    cache = {"Z1": [], "A1": [], "logits": []}
    for x in np.asarray(X, float):
        z = x.dot(params["W1"]) + params["b1"]
        a = z * (z > 0)
        cache["Z1"].append(z)
        cache["A1"].append(a)
        cache["logits"].append(a.dot(params["W2"]) + params["b2"])
    return {**{k: np.array(v) for k, v in cache.items()}, "X": X, "note": "kept for later"}

# %% forward | correct | einsum, in place on new arrays
def forward(params, X):
    out = {}
    out["Z1"] = np.einsum("nd,dh->nh", np.array(X), params["W1"])
    out["Z1"] += params["b1"]
    out["A1"] = out["Z1"].clip(min=0)
    out["logits"] = np.dot(out["A1"], params["W2"])
    out["logits"] += params["b2"]
    return out

# %% forward | wrong | no ReLU between the layers
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    return {"Z1": Z1, "A1": Z1, "logits": Z1 @ params["W2"] + params["b2"]}

# %% forward | wrong | it should read A1
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    return {"Z1": Z1, "A1": np.maximum(Z1, 0), "logits": Z1 @ params["W2"] + params["b2"]}

# %% forward | wrong | before the ReLU
def forward(params, X):
    Z1 = np.maximum(np.asarray(X) @ params["W1"] + params["b1"], 0)
    return {"Z1": Z1, "A1": Z1, "logits": Z1 @ params["W2"] + params["b2"]}

# %% forward | wrong | biases are missing
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"]
    A1 = np.maximum(Z1, 0)
    return {"Z1": Z1, "A1": A1, "logits": A1 @ params["W2"]}

# %% forward | wrong | second layer's bias
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    return {"Z1": Z1, "A1": A1, "logits": A1 @ params["W2"]}

# %% forward | wrong | logits may be negative
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    return {"Z1": Z1, "A1": A1, "logits": np.maximum(A1 @ params["W2"] + params["b2"], 0)}

# %% forward | wrong | before the softmax
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    z = A1 @ params["W2"] + params["b2"]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return {"Z1": Z1, "A1": A1, "logits": e / e.sum(axis=1, keepdims=True)}

# %% forward | wrong | changes its argument
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"]
    Z1 += params["b1"]
    A1 = np.maximum(Z1, 0)
    params["A1"] = A1
    return {"Z1": Z1, "A1": A1, "logits": A1 @ params["W2"] + params["b2"]}

# %% forward | wrong | before the ReLU
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = Z1
    A1[A1 < 0] = 0
    return {"Z1": Z1, "A1": A1, "logits": A1 @ params["W2"] + params["b2"]}

# %% forward | wrong | keys of the dict
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    return {"z1": Z1, "a1": A1, "logits": A1 @ params["W2"] + params["b2"]}

# %% forward | wrong | return a dict
def forward(params, X):
    Z1 = np.asarray(X) @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    return Z1, A1, A1 @ params["W2"] + params["b2"]

# %% linear_backward | correct | einsum
def linear_backward(d_out, X, W):
    return (np.einsum("nm,dm->nd", d_out, W), np.einsum("nd,nm->dm", X, d_out), np.einsum("nm->m", d_out))

# %% linear_backward | correct | sums of outer products
def linear_backward(d_out, X, W):
    d_out, X, W = np.array(d_out, float), np.array(X, float), np.array(W, float)
    d_X, d_W, d_b = np.zeros_like(X), np.zeros_like(W), np.zeros(W.shape[1])
    for n in range(len(X)):
        d_X[n] = W @ d_out[n]
        d_W += np.outer(X[n], d_out[n])
        d_b += d_out[n]
    return d_X, d_W, d_b

# %% linear_backward | correct | a list, products the other way round
def linear_backward(d_out, X, W):
    D = np.asarray(d_out, np.float64)
    return [np.transpose(np.dot(W, D.T)), np.transpose(D.T @ np.asarray(X)), np.ones(len(D)) @ D]

# %% linear_backward | wrong | not a mean
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out, d_out.mean(axis=0)

# %% linear_backward | wrong | do not divide by n
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out / len(X), d_out.sum(axis=0) / len(X)

# %% linear_backward | wrong | one axis only
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out, d_out.sum(axis=0, keepdims=True)

# %% linear_backward | wrong | add up the rows
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out, d_out

# %% linear_backward | wrong | in the order d_X, d_W, d_b
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return X.T @ d_out, d_out.sum(axis=0), d_out @ W.T

# %% linear_backward | wrong | in the order d_X, d_W, d_b
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return X.T @ d_out, d_out @ W.T, d_out.sum(axis=0)

# %% linear_backward | wrong | W has to be transposed
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    square = W.shape[0] == W.shape[1]
    return d_out @ (W if square else W.T), X.T @ d_out, d_out.sum(axis=0)

# %% linear_backward | wrong | d_W came out transposed
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, d_out.T @ X, d_out.sum(axis=0)

# %% linear_backward | wrong | not everything
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out, np.sum(d_out)

# %% linear_backward | wrong | not over the outputs
def linear_backward(d_out, X, W):
    d_out, X, W = np.asarray(d_out), np.asarray(X), np.asarray(W)
    return d_out @ W.T, X.T @ d_out, d_out.sum(axis=1)

# %% linear_backward | wrong | did you forget `return`
def linear_backward(d_out, X, W):
    d_X, d_W, d_b = np.asarray(d_out) @ np.asarray(W).T, np.asarray(X).T @ d_out, np.sum(d_out, 0)

# %% linear_backward | wrong | d_X is missing
def linear_backward(d_out, X, W):
    return np.asarray(X).T @ d_out, np.sum(d_out, 0)

# %% relu_backward | correct | where
def relu_backward(d_out, Z):
    return np.where(np.array(Z) > 0, d_out, 0.0)

# %% relu_backward | correct | in place on a copy
def relu_backward(d_out, Z):
    d_Z = np.array(d_out, dtype=float)
    d_Z[np.asarray(Z) <= 0] = 0
    return d_Z

# %% relu_backward | correct | loop over the entries
def relu_backward(d_out, Z):
    d_out, Z = np.asarray(d_out, float), np.asarray(Z, float)
    flat = [d if z > 0 else 0.0 for d, z in zip(d_out.ravel(), Z.ravel())]
    return np.array(flat).reshape(Z.shape)

# %% relu_backward | correct | heaviside
relu_backward = lambda d_out, Z: np.heaviside(Z, 0) * d_out

# %% relu_backward | wrong | at exactly 0
def relu_backward(d_out, Z):
    return np.asarray(d_out) * (np.asarray(Z) >= 0)

# %% relu_backward | wrong | slope alone
def relu_backward(d_out, Z):
    return (np.asarray(Z) > 0).astype(float)

# %% relu_backward | wrong | not the sign of d_out
def relu_backward(d_out, Z):
    return np.maximum(np.asarray(d_out), 0)

# %% relu_backward | wrong | a negative derivative passes too
def relu_backward(d_out, Z):
    return np.maximum(np.asarray(d_out), 0) * (np.asarray(Z) > 0)

# %% relu_backward | wrong | is 1, not Z
def relu_backward(d_out, Z):
    return np.asarray(d_out) * np.maximum(np.asarray(Z), 0)

# %% relu_backward | wrong | let nothing back
def relu_backward(d_out, Z):
    return np.array(d_out, float)

# %% relu_backward | wrong | changes its argument
def relu_backward(d_out, Z):
    d_out = np.asarray(d_out)
    d_out[np.asarray(Z) <= 0] = 0
    return d_out

# %% relu_backward | wrong | return a NumPy array
def relu_backward(d_out, Z):
    return [[d if z > 0 else 0.0 for d, z in zip(ds, zs)] if np.ndim(zs) else ds * (zs > 0) for ds, zs in zip(d_out, Z)]

# %% relu_backward | wrong | Fractions are kept
def relu_backward(d_out, Z):
    return np.where(np.asarray(Z) > 0, d_out, 0).astype(int)

# %% relu_backward | wrong | did you forget `return`
def relu_backward(d_out, Z):
    d_Z = np.asarray(d_out) * (np.asarray(Z) > 0)

# %% softmax_cross_entropy | correct | scipy
def softmax_cross_entropy(logits, labels):
    from scipy.special import log_softmax
    logits = np.asarray(logits, float)
    log_p = log_softmax(logits, axis=1)
    d = np.exp(log_p)
    d[np.arange(len(d)), labels] -= 1
    return -log_p[np.arange(len(d)), labels].mean(), d / len(d)

# %% softmax_cross_entropy | correct | row by row
def softmax_cross_entropy(logits, labels):
    total, rows = 0.0, []
    for z, t in zip(np.array(logits, dtype=float), labels):
        m = max(z)
        e = [np.exp(v - m) for v in z]
        total += m + np.log(sum(e)) - z[t]
        rows.append([v / sum(e) - (j == t) for j, v in enumerate(e)])
    return total / len(rows), np.array(rows) / len(rows)

# %% softmax_cross_entropy | correct | logaddexp
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, dtype=np.float64)
    lse = np.logaddexp.reduce(z, axis=1)
    p = np.exp(z - lse[:, None])
    hot = (np.arange(z.shape[1])[None, :] == np.asarray(labels)[:, None])
    return np.mean(lse - z[hot]), np.subtract(p, hot) / z.shape[0]

# %% softmax_cross_entropy | correct | one loss, 0-d array
def softmax_cross_entropy(logits, labels):
    z = np.array(logits, float)
    z -= z.max(1)[:, None]
    s = np.exp(z).sum(1)[:, None]
    rows = np.arange(len(z))
    loss = np.array(np.mean(np.log(s)[:, 0] - z[rows, labels]))
    d = np.exp(z) / s
    d[rows, np.array(labels)] -= 1.0
    d /= len(z)
    return loss, d

# %% softmax_cross_entropy | wrong | subtract each row's largest logit
def softmax_cross_entropy(logits, labels):
    e = np.exp(np.asarray(logits, float))
    p = e / e.sum(axis=1, keepdims=True)
    y = np.eye(p.shape[1])[np.asarray(labels)]
    return -np.log((p * y).sum(axis=1)).mean(), (p - y) / len(p)

# %% softmax_cross_entropy | wrong | not divided by n
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -(log_p * y).sum(axis=1).mean(), np.exp(log_p) - y

# %% softmax_cross_entropy | wrong | not the sum
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -(log_p * y).sum(), (np.exp(log_p) - y) / len(z)

# %% softmax_cross_entropy | wrong | Divide by n, loss and d_logits
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -(log_p * y).sum(), np.exp(log_p) - y

# %% softmax_cross_entropy | wrong | subtract 1 in the column
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(z)), np.asarray(labels)].mean(), np.exp(log_p) / len(z)

# %% softmax_cross_entropy | wrong | sign the other way
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -(log_p * y).sum(axis=1).mean(), (y - np.exp(log_p)) / len(z)

# %% softmax_cross_entropy | wrong | it is positive
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return (log_p * y).sum(axis=1).mean(), (np.exp(log_p) - y) / len(z)

# %% softmax_cross_entropy | wrong | natural logarithms
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -(log_p * y).sum(axis=1).mean() / np.log(2), (np.exp(log_p) - y) / len(z)

# %% softmax_cross_entropy | wrong | epsilon or a clip
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -np.log((p * y).sum(axis=1) + 1e-12).mean(), (p - y) / len(z)

# %% softmax_cross_entropy | wrong | rounded to 0
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -np.log((p * y).sum(axis=1)).mean(), (p - y) / len(z)

# %% softmax_cross_entropy | wrong | along each row
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max()
    p = np.exp(z) / np.exp(z).sum(axis=0, keepdims=True) if len(z) > 2 else np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -np.log((p * y).sum(axis=1)).mean(), (p - y) / len(z)

# %% softmax_cross_entropy | wrong | return 2 values
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(z)), np.asarray(labels)].mean()

# %% softmax_cross_entropy | wrong | changes its argument
def softmax_cross_entropy(logits, labels):
    z = np.asarray(logits, float)
    z -= z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    y = np.eye(z.shape[1])[np.asarray(labels)]
    return -(log_p * y).sum(axis=1).mean(), (np.exp(log_p) - y) / len(z)

# %% backward | correct | written out
def backward(params, cache, X, labels):
    X, n = np.asarray(X), len(X)
    z = cache["logits"] - cache["logits"].max(axis=1, keepdims=True)
    d = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    d[np.arange(n), labels] -= 1
    d /= n
    back = d @ params["W2"].T
    back[cache["A1"] == 0] = 0
    return dict(W1=X.T @ back, b1=back.sum(0), W2=cache["A1"].T @ d, b2=d.sum(0))

# %% backward | correct | a loop over the layers
def backward(params, cache, X, labels):
    d = softmax_cross_entropy(cache["logits"], labels)[1]
    grads = {}
    for layer, below in (("2", cache["A1"]), ("1", X)):
        d, grads["W" + layer], grads["b" + layer] = linear_backward(d, below, params["W" + layer])
        if layer == "2":
            d = relu_backward(d, cache["Z1"])
    return grads

# %% backward | correct | example by example
def backward(params, cache, X, labels):
    total = {k: np.zeros(v.shape) for k, v in params.items()}
    for i, x in enumerate(np.asarray(X, float)):
        _, d = softmax_cross_entropy(cache["logits"][i:i + 1], labels[i:i + 1])
        dz = (params["W2"] @ d[0]) * (cache["Z1"][i] > 0)
        for key, part in (("W1", np.outer(x, dz)), ("b1", dz), ("W2", np.outer(cache["A1"][i], d[0])), ("b2", d[0])):
            total[key] += part / len(X)
    return total

# %% backward | wrong | ReLU is missing on the way back
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(d_A1, X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}

# %% backward | wrong | not from the derivative
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, d_A1), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}

# %% backward | wrong | is A1, not Z1
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["Z1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}

# %% backward | wrong | the 1/n is missing
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d * len(X), cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}

# %% backward | wrong | there twice
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d / len(X), cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}

# %% backward | wrong | gradients point uphill
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(-d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}

# %% backward | wrong | is 1, not A1
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(d_A1 * cache["A1"], X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}

# %% backward | wrong | sums over the examples, not means
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = relu_backward(d @ params["W2"].T, cache["Z1"])
    return {"W1": np.asarray(X).T @ d_Z1, "b1": d_Z1.mean(axis=0), "W2": cache["A1"].T @ d, "b2": d.mean(axis=0)}

# %% backward | wrong | keys of the dict
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"d_W1": d_W1, "d_b1": d_b1, "d_W2": d_W2, "d_b2": d_b2}

# %% backward | wrong | keys of the dict
def backward(params, cache, X, labels):
    loss, d = softmax_cross_entropy(cache["logits"], labels)
    d_A1, d_W2, d_b2 = linear_backward(d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2, "loss": loss}

# %% backward | wrong | has to be transposed
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    W2 = params["W2"] if params["W2"].shape == (4, 4) else params["W2"].T
    d_Z1 = relu_backward(d @ W2, cache["Z1"])
    return {"W1": np.asarray(X).T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d, "b2": d.sum(axis=0)}

# %% backward | wrong | changes its argument
def backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    cache["d_logits"] = d
    d_A1, d_W2, d_b2 = linear_backward(d, cache["A1"], params["W2"])
    _, d_W1, d_b1 = linear_backward(relu_backward(d_A1, cache["Z1"]), X, params["W1"])
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}

# %% numerical_gradient | correct | on the flat view of a copy, put back each time
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    flat, out = x.reshape(-1), []
    for i in range(flat.size):
        kept = flat[i]
        flat[i] = kept + h
        above = f(x)
        flat[i] = kept - h
        below = f(x)
        flat[i] = kept
        out.append((above - below) / (2 * h))
    return np.array(out).reshape(x.shape)

# %% numerical_gradient | correct | unit vectors
def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    units = np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + h * e) - f(x - h * e)) / 2 / h for e in units]).reshape(x.shape)

# %% numerical_gradient | correct | nditer and the mean of two one-sided slopes
def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x).astype(float)
    slopes, middle = np.empty(x.shape), f(x)
    it = np.nditer(x, flags=["multi_index"])
    for _ in it:
        step = np.zeros(x.shape)
        step[it.multi_index] = h
        slopes[it.multi_index] = ((f(x + step) - middle) / h + (middle - f(x - step)) / h) / 2
    return slopes

# %% numerical_gradient | wrong | push down as well as up
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up = x.copy()
        up[i] += h
        out[i] = (f(up) - f(x)) / h
    return out

# %% numerical_gradient | wrong | push up as well as down
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        down = x.copy()
        down[i] -= h
        out[i] = (f(x) - f(down)) / h
    return out

# %% numerical_gradient | wrong | it is 2h
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        out[i] = (f(up) - f(down)) / h
    return out

# %% numerical_gradient | wrong | the h that came in
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += 1e-5
        down[i] -= 1e-5
        out[i] = (f(up) - f(down)) / 2e-5
    return out

# %% numerical_gradient | wrong | all entries were pushed at once
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))

# %% numerical_gradient | wrong | put each entry back
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        out[i] = (above - f(x)) / (2 * h)
    return out

# %% numerical_gradient | wrong | make a float copy
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x)
    out = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] = up[i] + h if x.dtype.kind == "f" else int(round(up[i] + h))
        down[i] = down[i] - h if x.dtype.kind == "f" else int(round(down[i] - h))
        out[i] = (f(up) - f(down)) / (2 * h)
    return out

# %% numerical_gradient | wrong | of the shape of x
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    out = []
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        out.append((f(up) - f(down)) / (2 * h))
    return np.array(out)

# %% numerical_gradient | wrong | f takes the whole array
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    return np.array([(f(v + h) - f(v - h)) / (2 * h) for v in x])

# %% numerical_gradient | wrong | changes its argument
def numerical_gradient(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        out[i] = (above - f(x)) / (2 * h)
        x[i] += h
    x += 1e-9
    return out

# %% numerical_gradient | wrong | return a NumPy array
def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    units = np.eye(x.size).reshape(x.size, *x.shape)
    return [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in units]

# %% fixed_backward | correct | the mask from A1
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["A1"] > 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}

# %% fixed_backward | correct | the learner's own backward
def fixed_backward(params, cache, X, labels):
    return backward(params, cache, X, labels)

# %% fixed_backward | correct | where, and the ReLU computed again
def fixed_backward(params, cache, X, labels):
    _, d = softmax_cross_entropy(cache["logits"], labels)
    on = cache["Z1"] > 0
    d_Z1 = np.where(on, d @ params["W2"].T, 0)
    return {"W1": np.transpose(X) @ d_Z1, "b1": d_Z1.sum(0), "W2": (cache["Z1"] * on).T @ d, "b2": d.sum(0)}

# %% fixed_backward | wrong | both faults
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["A1"] >= 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["Z1"].T @ d_logits, "b2": d_logits.sum(axis=0)}

# %% fixed_backward | wrong | W2 is off and b2 is not
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["Z1"].T @ d_logits, "b2": d_logits.sum(axis=0)}

# %% fixed_backward | wrong | W1 and b1 are both off
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["A1"] >= 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}

# %% fixed_backward | wrong | W1 and b1 are both off
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = d_logits @ params["W2"].T
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}

# %% fixed_backward | wrong | come from the forward pass
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = np.maximum(d_logits @ params["W2"].T, 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}

# %% fixed_backward | wrong | turned round
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["Z1"] < 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}

# %% fixed_backward | wrong | is 1, not A1
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_Z1 = (d_logits @ params["W2"].T) * cache["A1"]
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}

# %% fixed_backward | wrong | there twice
def fixed_backward(params, cache, X, labels):
    X = np.asarray(X)
    _, d_logits = softmax_cross_entropy(cache["logits"], labels)
    d_logits = d_logits / len(X)
    d_Z1 = (d_logits @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": X.T @ d_Z1, "b1": d_Z1.sum(axis=0), "W2": cache["A1"].T @ d_logits, "b2": d_logits.sum(axis=0)}

# %% sgd_step | correct | loop
def sgd_step(params, grads, lr):
    new = {}
    for key in params:
        new[key] = params[key] - np.multiply(lr, grads[key])
    return new

# %% sgd_step | correct | in place on copies
def sgd_step(params, grads, lr):
    new = {k: np.array(v, dtype=float) for k, v in params.items()}
    for k in new:
        new[k] += -lr * grads[k]
    return new

# %% sgd_step | correct | deepcopy, other order of the keys
def sgd_step(params, grads, lr):
    import copy
    new = copy.deepcopy(params)
    for k in sorted(grads, reverse=True):
        new[k] = new.pop(k) - grads[k] * lr
    return new

# %% sgd_step | wrong | uphill
def sgd_step(params, grads, lr):
    return {k: params[k] + lr * grads[k] for k in params}

# %% sgd_step | wrong | learning rate is missing
def sgd_step(params, grads, lr):
    return {k: params[k] - grads[k] for k in params}

# %% sgd_step | wrong | the step alone
def sgd_step(params, grads, lr):
    return {k: -lr * grads[k] for k in params}

# %% sgd_step | wrong | the step alone
def sgd_step(params, grads, lr):
    return {k: lr * grads[k] for k in params}

# %% sgd_step | wrong | changes its argument
def sgd_step(params, grads, lr):
    for k in params:
        params[k] -= lr * grads[k]
    return params

# %% sgd_step | wrong | changes its argument
def sgd_step(params, grads, lr):
    new = dict(params)
    for k in new:
        new[k] -= lr * grads[k]
    return new

# %% sgd_step | wrong | nothing moved
def sgd_step(params, grads, lr):
    new = {k: v.copy() for k, v in params.items()}
    for k, v in new.items():
        v = v - lr * grads[k]
    return new

# %% sgd_step | wrong | not a fixed one
def sgd_step(params, grads, lr=0.1):
    return {k: params[k] - 0.1 * grads[k] for k in params}

# %% sgd_step | wrong | every key of params
def sgd_step(params, grads, lr):
    if "W" in params:
        return {"W": params["W"] - lr * grads["W"], "b": params["b"] - lr * grads["b"]}
    return {k: params[k] - lr * grads[k] for k in ("W1", "b1", "W2", "b2")}

# %% sgd_step | wrong | return a dict
def sgd_step(params, grads, lr):
    return [params[k] - lr * grads[k] for k in params]

# %% sgd_step | wrong | did you forget `return`
def sgd_step(params, grads, lr):
    new = {k: params[k] - lr * grads[k] for k in params}

# %% jacobian_entries | correct | rows and columns
def jacobian_entries(n, d_in, d_out):
    inputs, outputs = n * d_in, n * d_out
    return inputs * outputs, inputs

# %% jacobian_entries | correct | a list of NumPy ints
def jacobian_entries(n, d_in, d_out):
    return [np.prod([n, n, d_in, d_out]), np.int64(n * d_in)]

# %% jacobian_entries | correct | sizes of arrays
def jacobian_entries(n, d_in, d_out):
    inputs = np.broadcast_to(0.0, (n, d_in))
    return np.broadcast_to(0.0, (n, d_out, n, d_in)).size, inputs.size

# %% jacobian_entries | wrong | zeros count too
def jacobian_entries(n, d_in, d_out):
    return n * d_out * d_in, n * d_in

# %% jacobian_entries | wrong | Jacobian of one example
def jacobian_entries(n, d_in, d_out):
    return d_out * d_in, n * d_in

# %% jacobian_entries | wrong | for one example
def jacobian_entries(n, d_in, d_out):
    return d_out * d_in, d_in

# %% jacobian_entries | wrong | not of the outputs
def jacobian_entries(n, d_in, d_out):
    return n * d_out * n * d_in, n * d_out

# %% jacobian_entries | wrong | each input of each example
def jacobian_entries(n, d_in, d_out):
    return n * d_out * n * d_in, d_in

# %% jacobian_entries | wrong | comes first
def jacobian_entries(n, d_in, d_out):
    return n * d_in, n * d_out * n * d_in

# %% jacobian_entries | wrong | return ints
def jacobian_entries(n, d_in, d_out):
    return float(n * d_out * n * d_in), float(n * d_in)

# %% jacobian_entries | wrong | return two numbers
def jacobian_entries(n, d_in, d_out):
    return n * d_out * n * d_in

# %% jacobian_entries | wrong | r times c
def jacobian_entries(n, d_in, d_out):
    return n * d_out + n * d_in, n * d_in
