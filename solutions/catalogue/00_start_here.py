# Lesson 00: correct answers that must get full marks, and wrong ones with a part of the hint they must draw.

# %% double | correct | sum
def double(x):
    x = np.array(x)
    return x + x

# %% double | correct | in place on a copy
def double(x):
    out = np.array(x, dtype=float)
    out *= 2
    return out

# %% double | correct | cases
def double(x):
    if isinstance(x, (int, float)):
        return x * 2
    return np.multiply(x, 2)

# %% double | correct | float32
double = lambda x: (np.asarray(x, np.float32) * 2)

# %% double | wrong | the square
def double(x):
    return x ** 2

# %% double | wrong | that is x + 2
def double(x):
    return x + 2

# %% double | wrong | repeats it
def double(x):
    return np.array(x * 2) if isinstance(x, list) else x * 2

# %% double | wrong | the sign is lost
def double(x):
    return 2 * np.abs(x)

# %% double | wrong | fractions are cut off
def double(x):
    return np.asarray(2 * np.asarray(x)).astype(int)

# %% double | wrong | changes its argument
def double(x):
    if isinstance(x, np.ndarray):
        x *= 2
        return x
    return 2 * np.asarray(x)

# %% double | wrong | did you forget `return`
def double(x):
    print(2 * x)

# %% double | wrong | numpy array
def double(x):
    return 2 * x if np.ndim(x) == 0 else [2 * float(v) for v in x]

# %% double | wrong | half of x
def double(x):
    return np.asarray(x) / 2
