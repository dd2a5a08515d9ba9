"""Images: pixels that are classified, sizes that go down and up, channels that come first."""

from __future__ import annotations

from tests.uses.model import conv, dense, model

SPARSE = {"class": "sparse_categorical_crossentropy"}
UP = {"type": "Conv2DTranspose", "filters": 4, "kernel_size": 2, "strides": 2}

USES = {
    "unet_of_one_size": model(
        {"image": [16, 16, 1]},
        {
            "down_1": conv(4, activation="relu"),
            "pool_1": "MaxPooling2D",
            "down_2": conv(4, activation="relu"),
            "pool_2": "MaxPooling2D",
            "bottom": conv(4, activation="relu"),
            "up_2": UP,
            "join_2": "Concatenate",
            "up_1": UP,
            "join_1": "Concatenate",
            "class": conv(3, 1, activation="softmax"),
        },
        [
            ["image", "down_1", "pool_1", "down_2", "pool_2", "bottom", "up_2", "join_2", "up_1", "join_1", "class"],
            ["down_2", "join_2"],
            ["down_1", "join_1"],
        ],
        {"class": {"from": "class", "target": {"shape": [16, 16], "dtype": "uint8", "classes": 3}}},
        SPARSE,
        metrics={"class": ["accuracy", {"type": "MeanIoU", "num_classes": 3, "sparse_y_pred": False}]},
    ),
    "images_of_any_size": model(
        {"image": ["height", "width", 3]},
        {"look": conv(4, activation="relu"), "pool": "GlobalMaxPooling2D", "class": dense(3, "softmax")},
        [["image", "look", "pool", "class"]],
        {"class": "class"},
        SPARSE,
    ),
    "pixels_of_images_of_any_size": model(
        {"image": ["height", "width", 3]},
        {"look": conv(4, activation="relu"), "class": conv(3, 1, activation="softmax")},
        [["image", "look", "class"]],
        {"class": {"from": "class", "target": {"shape": ["height", "width"], "dtype": "int32"}}},
        SPARSE,
    ),
    "channels_first": model(
        {"image": [3, 8, 8]},
        {
            "look": conv(4, data_format="channels_first", use_bias=False),
            "norm": {"type": "BatchNormalization", "axis": 1},
            "relu": "ReLU",
            "pool": {"type": "GlobalAveragePooling2D", "data_format": "channels_first"},
            "class": dense(3, "softmax"),
        },
        [["image", "look", "norm", "relu", "pool", "class"]],
        {"class": "class"},
        SPARSE,
    ),
    "channels_first_by_permuting": model(
        {"image": [3, 8, 8]},
        {
            "last": {"type": "Permute", "dims": [2, 3, 1]},
            "look": conv(4),
            "flat": "Flatten",
            "class": dense(3, "softmax"),
        },
        [["image", "last", "look", "flat", "class"]],
        {"class": "class"},
        SPARSE,
    ),
    "grey_image_without_channels": model(
        {"image": [8, 8]},
        {
            "channel": {"type": "Reshape", "target_shape": [8, 8, 1]},
            "look": conv(4),
            "flat": "Flatten",
            "class": dense(3, "softmax"),
        },
        [["image", "channel", "look", "flat", "class"]],
        {"class": "class"},
        SPARSE,
    ),
    "augmented_on_the_way": model(
        {"image": [8, 8, 3]},
        {
            "scale": {"type": "Rescaling", "scale": 0.00392},
            "flip": "RandomFlip",
            "turn": {"type": "RandomRotation", "factor": 0.1},
            "look": conv(4, activation="relu"),
            "flat": "Flatten",
            "class": dense(3, "softmax"),
        },
        [["image", "scale", "flip", "turn", "look", "flat", "class"]],
        {"class": "class"},
        SPARSE,
    ),
    "boxes_and_their_kinds": model(
        {"image": [8, 8, 3]},
        {
            "look": conv(4, strides=2, activation="relu"),
            "where": conv(8),
            "boxes": {"type": "Reshape", "target_shape": [32, 4]},
            "what": conv(6, activation="sigmoid"),
            "kinds": {"type": "Reshape", "target_shape": [32, 3]},
        },
        [["image", "look", "where", "boxes"], ["look", "what", "kinds"]],
        {"box": "boxes", "kind": "kinds"},
        {"box": "huber", "kind": {"type": "BinaryFocalCrossentropy", "gamma": 2.0}},
        loss_weights={"box": 50.0, "kind": 1.0},
    ),
    "heatmaps_of_points": model(
        {"image": [8, 8, 3]},
        {"look": conv(4, activation="relu"), "map": conv(5, 1)},
        [["image", "look", "map"]],
        {"points": {"from": "map", "target": {"shape": [8, 8, 5]}}},
        {"points": "mse"},
    ),
    "pyramid_with_a_head_for_each_level": model(
        {"image": [8, 8, 3]},
        {
            "low": conv(4, strides=2, activation="relu"),
            "high": conv(4, strides=2, activation="relu"),
            "up": "UpSampling2D",
            "merged": "Add",
            "fine": conv(1, activation="sigmoid"),
            "coarse": {"share": "fine"},
        },
        [["image", "low", "high", "up", "merged", "fine"], ["low", "merged"], ["high", "coarse"]],
        {"fine": "fine", "coarse": "coarse"},
        {"fine": "binary_crossentropy", "coarse": "binary_crossentropy"},
    ),
    "finer_by_moving_channels": model(
        {"image": [4, 4, 3]},
        {
            "look": conv(4),
            "rows": {"type": "Reshape", "target_shape": [4, 4, 2, 2]},
            "mixed": {"type": "Permute", "dims": [1, 3, 2, 4]},
            "large": {"type": "Reshape", "target_shape": [8, 8, 1]},
        },
        [["image", "look", "rows", "mixed", "large"]],
        {"large": {"from": "large", "target": {"shape": [8, 8, 1]}}},
        {"large": "mae"},
    ),
    "volume_and_its_grade": model(
        {"scan": [4, 4, 4, 1]},
        {
            "look": conv(2, dimensions=3, activation="relu"),
            "pool": "GlobalAveragePooling3D",
            "class": dense(3, "softmax"),
        },
        [["scan", "look", "pool", "class"]],
        {"class": "class"},
        SPARSE,
    ),
}
