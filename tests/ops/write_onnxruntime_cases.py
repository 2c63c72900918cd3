# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes random single-operator models with what ONNX Runtime computes: FOLDER/<case>/model.onnx, input_<k>.npy, output_<k>.npy."""
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import helper

rng = np.random.default_rng(11)
folder = Path(sys.argv[1])


def u8(*shape):
    return rng.integers(0, 256, shape).astype(np.uint8)


def i8(*shape):
    return rng.integers(-128, 128, shape).astype(np.int8)


def real(*shape):
    return rng.uniform(-2, 2, shape).astype(np.float32)


def scale(low=0.01, high=0.1):
    return np.asarray(rng.uniform(low, high), np.float32)


def zero(dtype=np.uint8):
    info = np.iinfo(dtype)
    return np.asarray(rng.integers(info.min, info.max), dtype)


def write(name, op, inputs, outputs=1, domain="", opset=17, attributes=None):
    inputs = [None if value is None else np.asarray(value) for value in inputs]
    names = [f"x{k}" if value is not None else "" for k, value in enumerate(inputs)]
    given = [(n, value) for n, value in zip(names, inputs) if value is not None]
    results = [f"y{k}" for k in range(outputs)]
    node = helper.make_node(op, names, results, domain=domain, **(attributes or {}))
    graph = helper.make_graph(
        [node], "case",
        [helper.make_tensor_value_info(n, helper.np_dtype_to_tensor_dtype(v.dtype), v.shape) for n, v in given],
        [helper.make_empty_tensor_value_info(r) for r in results])
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    computed = session.run(None, dict(given))
    case = folder / name
    case.mkdir(parents=True)
    (case / "model.onnx").write_bytes(model.SerializeToString())
    for k, (_, value) in enumerate(given):
        np.save(case / f"input_{k}.npy", value)
    for k, value in enumerate(computed):
        np.save(case / f"output_{k}.npy", value)


MICROSOFT = "com.microsoft"
for op in ("QLinearAdd", "QLinearMul"):
    for n in range(4):
        write(f"{op}_{n}", op, [u8(4, 64, 8), scale(), zero(), u8(4, 64, 8), scale(), zero(), scale(), zero()], domain=MICROSOFT)
    half = np.asarray(0.5, np.float32)  # halves between two codes
    write(f"{op}_ties", op, [u8(4, 64), half, zero(), u8(4, 64), half, zero(), half + half, np.asarray(101, np.uint8)], domain=MICROSOFT)
    write(f"{op}_signed", op, [i8(4, 64), scale(), zero(np.int8), i8(64), scale(), zero(np.int8), scale(), zero(np.int8)], domain=MICROSOFT)
for n in range(3):
    write(f"QLinearSigmoid_{n}", "QLinearSigmoid", [u8(512), scale(), zero(), scale(), zero()], domain=MICROSOFT)
    write(f"QLinearLeakyRelu_{n}", "QLinearLeakyRelu", [i8(512), scale(), zero(np.int8), scale(), zero(np.int8)], domain=MICROSOFT, attributes={"alpha": 0.2})
    softmax = [u8(8, 10), scale(), zero(), np.asarray(1 / 256, np.float32), np.asarray(0, np.uint8)]
    write(f"QLinearSoftmax_{n}", "QLinearSoftmax", softmax, domain=MICROSOFT, attributes={"axis": -1, "opset": 13})
    for pads in (0, 1):
        write(f"QLinearAveragePool_{n}_{pads}", "QLinearAveragePool", [u8(2, 3, 9, 9), scale(), zero(), scale(), zero()], domain=MICROSOFT,
              attributes={"kernel_shape": [3, 3], "pads": [pads] * 4, "strides": [2, 2], "count_include_pad": n % 2})
    write(f"QLinearGlobalAveragePool_{n}", "QLinearGlobalAveragePool", [u8(2, 3, 9, 9), scale(), zero(), scale(), zero()], domain=MICROSOFT,
          attributes={"channels_last": 0})
    write(f"QLinearConcat_{n}", "QLinearConcat", [scale(), zero(), u8(2, 3), scale(), zero(), u8(2, 4), scale(), zero()], domain=MICROSOFT,
          attributes={"axis": 1})
    bias = rng.integers(-3000, 3000, 5).astype(np.int32)
    gemm = [u8(7, 20), scale(), zero(), i8(20, 5), scale(), np.asarray(3, np.int8), bias]
    write(f"QGemm_{n}", "QGemm", gemm + [scale(1, 4), zero()], domain=MICROSOFT, attributes={"alpha": 0.5})
    write(f"QGemm_float_{n}", "QGemm", gemm, domain=MICROSOFT)
    write(f"QGemm_channels_{n}", "QGemm", gemm[:4] + [rng.uniform(0.01, 0.1, 5).astype(np.float32), np.zeros(5, np.int8), bias, scale(1, 4), zero()],
          domain=MICROSOFT)
    write(f"QLinearConv_{n}", "QLinearConv", [u8(2, 4, 9, 9), scale(), zero(), i8(6, 2, 3, 3), scale(), np.asarray(0, np.int8), scale(1, 4), zero(),
                                             rng.integers(-3000, 3000, 6).astype(np.int32)], attributes={"group": 2, "pads": [1, 1, 0, 2], "strides": [2, 1]})
    write(f"QLinearConv_channels_{n}", "QLinearConv", [u8(1, 4, 12), scale(), zero(), i8(6, 4, 3), rng.uniform(0.01, 0.1, 6).astype(np.float32),
                                                      np.zeros(6, np.int8), scale(1, 4), zero()], attributes={"dilations": [2]})
    write(f"QLinearMatMul_{n}", "QLinearMatMul", [u8(2, 5, 16), scale(), zero(), u8(16, 6), scale(), zero(), scale(1, 4), zero()])
    write(f"MatMulInteger_{n}", "MatMulInteger", [u8(5, 16), i8(16, 6), zero(), np.asarray(0, np.int8)])
    write(f"ConvInteger_{n}", "ConvInteger", [u8(1, 3, 9, 9), u8(5, 3, 3, 3), zero(), zero()], attributes={"pads": [1, 1, 1, 1]})
    write(f"DynamicQuantizeLinear_{n}", "DynamicQuantizeLinear", [real(64) * 10], outputs=3)
write("DynamicQuantizeLinear_zeros", "DynamicQuantizeLinear", [np.zeros(5, np.float32)], outputs=3)
for dtype in (np.int8, np.uint8, np.int16, np.uint16):
    write(f"QuantizeLinear_{np.dtype(dtype).name}", "QuantizeLinear", [real(3, 4, 5), rng.uniform(0.001, 0.1, 4).astype(np.float32),
                                                                       rng.integers(0, 100, 4).astype(dtype)], opset=21, attributes={"axis": 1})
    blocks = rng.uniform(0.01, 0.1, (3, 2, 5)).astype(np.float32)
    write(f"QuantizeLinear_blocks_{np.dtype(dtype).name}", "QuantizeLinear", [real(3, 4, 5), blocks, np.zeros((3, 2, 5), dtype)], opset=21,
          attributes={"axis": 1, "block_size": 2})
    write(f"DequantizeLinear_blocks_{np.dtype(dtype).name}", "DequantizeLinear", [rng.integers(0, 100, (3, 4, 5)).astype(dtype), blocks], opset=21,
          attributes={"axis": 1, "block_size": 2})
for n, pads in enumerate(([0, 0, 0, 0], [1, 0, 2, 1])):
    write(f"Conv_{n}", "Conv", [real(2, 4, 9, 8), real(6, 2, 3, 2), real(6)], attributes={"group": 2, "pads": pads, "dilations": [1, 2]})
    write(f"ConvTranspose_{n}", "ConvTranspose", [real(2, 4, 5, 6), real(4, 3, 3, 2), real(6)],
          attributes={"group": 2, "pads": pads, "strides": [2, 3], "output_padding": [1, 0]})
    for mode in ("MaxPool", "AveragePool", "LpPool"):
        write(f"{mode}_{n}", mode, [real(2, 3, 10, 9)], attributes={"kernel_shape": [3, 2], "pads": pads, "strides": [2, 2], "ceil_mode": n}, opset=18)
for auto_pad in ("SAME_UPPER", "SAME_LOWER", "VALID"):
    write(f"Conv_{auto_pad}", "Conv", [real(1, 3, 8, 7), real(2, 3, 3, 2)], attributes={"auto_pad": auto_pad, "strides": [2, 3]})
    write(f"ConvTranspose_{auto_pad}", "ConvTranspose", [real(1, 3, 4, 5), real(3, 2, 3, 4)], attributes={"auto_pad": auto_pad, "strides": [2, 2]})
for mode in ("nearest", "linear", "cubic"):
    for coordinates in ("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric"):
        for n, scales in enumerate(((1, 1, 2, 1.5), (1, 1, 0.6, 0.7))):
            if coordinates == "align_corners" and n == 1:
                continue  # where the size is no whole number, the runtime differs from the stored cases of onnx
            write(f"Resize_{mode}_{coordinates}_{n}", "Resize", [real(1, 2, 7, 6), None, np.asarray(scales, np.float32)],
                  attributes={"mode": mode, "coordinate_transformation_mode": coordinates})
for op, gates, outputs in (("RNN", 1, 2), ("GRU", 3, 2), ("LSTM", 4, 3)):
    for direction, count in (("forward", 1), ("reverse", 1), ("bidirectional", 2)):
        weights = [real(count, gates * 4, 5), real(count, gates * 4, 4), real(count, gates * 8), np.asarray([6, 3], np.int32), real(count, 2, 4)]
        states = [real(count, 2, 4), real(count, 12)] if op == "LSTM" else []
        write(f"{op}_{direction}", op, [real(6, 2, 5)] + weights + states, outputs=outputs,
              attributes={"hidden_size": 4, "direction": direction, "clip": 1.5} | ({"linear_before_reset": count % 2} if op == "GRU" else {}))
