"""Names of Keras' layers that are not in the catalog: other names of those that are, and what can't be data."""

from __future__ import annotations

from typing import NamedTuple

# Keras' second names. There is one way to write each layer.
ALIASES = {
    "AvgPool1D": "AveragePooling1D",
    "AvgPool2D": "AveragePooling2D",
    "AvgPool3D": "AveragePooling3D",
    "Convolution1D": "Conv1D",
    "Convolution1DTranspose": "Conv1DTranspose",
    "Convolution2D": "Conv2D",
    "Convolution2DTranspose": "Conv2DTranspose",
    "Convolution3D": "Conv3D",
    "Convolution3DTranspose": "Conv3DTranspose",
    "GlobalAvgPool1D": "GlobalAveragePooling1D",
    "GlobalAvgPool2D": "GlobalAveragePooling2D",
    "GlobalAvgPool3D": "GlobalAveragePooling3D",
    "GlobalMaxPool1D": "GlobalMaxPooling1D",
    "GlobalMaxPool2D": "GlobalMaxPooling2D",
    "GlobalMaxPool3D": "GlobalMaxPooling3D",
    "GroupedQueryAttention": "GroupQueryAttention",
    "MaxPool1D": "MaxPooling1D",
    "MaxPool2D": "MaxPooling2D",
    "MaxPool3D": "MaxPooling3D",
    "SeparableConvolution1D": "SeparableConv1D",
    "SeparableConvolution2D": "SeparableConv2D",
}


class Reason(NamedTuple):
    """Why a layer is refused, and what to use."""

    why: str
    use: str


CODE = "it holds code, and a spec is data"
LAYERS = "write the computation with layers of the catalog"
REFUSED = {
    "FlaxLayer": Reason(CODE, LAYERS),
    "InputLayer": Reason("the inputs of a model are no nodes", "declare it under `inputs`"),
    "InputSpec": Reason("it describes tensors and is no layer", "declare shapes under `inputs`"),
    "JaxLayer": Reason(CODE, LAYERS),
    "Lambda": Reason(CODE, LAYERS),
    "Layer": Reason(
        "it does nothing by itself: it is what layers are derived from", "use `Identity` to pass a tensor on"
    ),
    "MaxNumBoundingBoxes": Reason(
        "it changes bounding boxes only, and an edge carries only the images, which it leaves as they are",
        "cut the boxes to size where the data is made",
    ),
    "RandomCrop": Reason(
        "Keras crops in training only: at inference whole images pass, though it says they are cropped",
        "use `CenterCrop`, or crop where the data is made",
    ),
    "TFSMLayer": Reason("it opens a file, and no argument of a spec is a path", LAYERS),
    "TorchModuleWrapper": Reason(CODE, LAYERS),
    "Wrapper": Reason(
        "it does nothing by itself: it is what wrappers are derived from",
        "use `TimeDistributed`, `Bidirectional` or `SpectralNormalization`",
    ),
}
