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
BROKEN_PADDING = Reason(
    "in a model, Keras hands `padding` and `output_padding` on in the wrong order, and fails when it runs",
    "use a `Conv1DTranspose`, `Conv2DTranspose` or `Conv3DTranspose` layer",
)
BROKEN_AVERAGE = Reason(
    "Keras fails, says an axis too many, or can't load what it saved, whatever `output_size` is",
    "use an `AdaptiveAveragePooling1D`, `AdaptiveAveragePooling2D` or `AdaptiveAveragePooling3D` layer",
)
BROKEN_MAXIMUM = Reason(
    BROKEN_AVERAGE.why, "use an `AdaptiveMaxPooling1D`, `AdaptiveMaxPooling2D` or `AdaptiveMaxPooling3D` layer"
)
BROKEN_RANK = Reason(
    "in a graph, its result has no known number of axes, and layers behind it fail",
    'use `tensordot` with `"axes": [[-1], [-1]]`',
)
BROKEN_BLOCKS = Reason("no model runs it", "use `einsum`, as `ab,cd->acbd`, and `reshape`")
BROKEN_PIVOTS = Reason(
    "it takes one matrix at a time, and gives pivots of another dtype than Keras says", "use `solve`, `inv` or `det`"
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
    "adaptive_average_pool": BROKEN_AVERAGE,
    "adaptive_max_pool": BROKEN_MAXIMUM,
    "argpartition": WRONG,
    "conv_transpose": BROKEN_PADDING,
    "corrcoef": BROKEN_CORRELATION,
    "histogram": BROKEN_HISTOGRAM,
    "inner": BROKEN_RANK,
    "isin": BROKEN_SEARCH,
    "kron": BROKEN_BLOCKS,
    "lu_factor": BROKEN_PIVOTS,
    "meshgrid": AS_MANY,
    "nonzero": COUNT,
}  # fmt: skip
