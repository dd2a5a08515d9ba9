"""Functions of `keras.ops` that are not in the catalog: second names, and what can't be data or makes no tensor."""

from __future__ import annotations

from netwright.catalog.refused import CODE, Reason

# Keras' second names. There is one way to write each op.
ALIASES = {
    "abs": "absolute",
    "amax": "max",
    "amin": "min",
    "bitwise_not": "bitwise_invert",
    "conj": "conjugate",
    "hard_swish": "hard_silu",
    "left_shift": "bitwise_left_shift",
    "right_shift": "bitwise_right_shift",
    "swish": "silu",
    "true_divide": "divide",
}

FUNCTIONS = Reason(CODE, "write the computation with layers and ops of the catalog")
NOTHING = Reason(
    "it makes a tensor from nothing, and every node is fed; Keras would lose the weights of an `Embedding` behind it",
    "feed the tensor as an input, or make it from one, as `ones_like` and `cumsum` do",
)
NO_TENSOR = Reason("what it gives is no tensor of the model", "write sizes and dtypes where they are needed")
CONVERSION = Reason("what flows along an edge is a tensor already", "leave the node out; `cast` changes a dtype")
COMPLEX = Reason("complex numbers are no dtype of the language", "keep real and imaginary parts apart, as `fft` does")

COUNT = Reason(
    "how many tensors it gives depends on the number of axes of what comes in",
    "use `where` to choose by a condition, or `top_k` for the positions of a fixed number of entries",
)
WRONG = Reason(
    "what Keras computes is wrong: it compares floats as integers, and mixes up rows",
    "use `argsort`, or `top_k`",
)
BROKEN_HISTOGRAM = Reason(
    "in a model, Keras calls a function that it does not have", "use `digitize` with the edges, and `bincount`"
)
BROKEN_CORRELATION = Reason(
    "no model runs it: Keras takes the number of axes of a tensor for a number",
    "subtract the `mean`, and `matmul` what is left, divided by its `std`",
)
AS_MANY = Reason(
    "it gives as many tensors as it gets, which no argument says, and Keras calls them float32 whatever they are",
    "spread the tensors with `expand_dims` and `broadcast_to`",
)
BROKEN_SEARCH = Reason(
    "no model with it can be exported: Keras asks in Python whether a tensor of the graph is empty",
    "compare with `equal` along a new axis, and take `any`",
)

REFUSED = {
    **dict.fromkeys(
        (
            "associative_scan", "cond", "custom_gradient", "fori_loop", "jvp", "map", "scan", "switch", "vectorize",
            "vectorized_map", "while_loop",
        ),
        FUNCTIONS,
    ),
    **dict.fromkeys(
        (
            "arange", "bartlett", "blackman", "empty", "empty_like", "eye", "full", "hamming", "hanning", "identity",
            "kaiser", "ones", "tri", "zeros",
        ),
        NOTHING,
    ),
    **dict.fromkeys(("dtype", "is_tensor", "ndim", "shape", "size"), NO_TENSOR),
    **dict.fromkeys(("array", "convert_to_numpy", "convert_to_tensor"), CONVERSION),
    **dict.fromkeys(("eig", "polar", "view_as_complex", "view_as_real"), COMPLEX),
    "argpartition": WRONG,
    "corrcoef": BROKEN_CORRELATION,
    "histogram": BROKEN_HISTOGRAM,
    "isin": BROKEN_SEARCH,
    "meshgrid": AS_MANY,
    "nonzero": COUNT,
}  # fmt: skip
