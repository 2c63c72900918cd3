// SPDX-License-Identifier: GPL-3.0-or-later
/// One step of RNN, GRU and LSTM on a batch of rows (onnx: docs/Operators.md, RNN, GRU, LSTM).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <Eigen/Core>

namespace bitwright {

/// An activation function with its parameters.
struct CellFunction {
    double (*apply)(double x, double alpha, double beta);
    double alpha = 0;
    double beta = 0;

    template <class T>
    T operator()(T x) const
    {
        return static_cast<T>(apply(static_cast<double>(x), alpha, beta));
    }
};

/// The activations of one node in the order of the attribute. Parameters are taken from @p alphas and @p betas by
/// the functions that have them, one after the other. Nothing where a name is unknown (left in @p unknown).
std::optional<std::vector<CellFunction>> cellFunctions(const std::vector<std::string>& names, const std::vector<double>& alphas,
                                                       const std::vector<double>& betas, std::string& unknown);

template <class T>
using CellMatrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// What one direction of a recurrent node computes with.
template <class T>
struct Cell {
    std::int64_t hidden = 0;
    CellMatrix<T> recurrence;  ///< [gates * hidden, hidden]
    std::vector<T> input_bias; ///< gates * hidden
    std::vector<T> state_bias; ///< gates * hidden
    std::vector<T> peepholes;  ///< 3 * hidden; empty where there are none
    std::vector<CellFunction> functions;
    double clip = 0; ///< 0: none
    bool couples_forget = false;
    bool resets_after = false; ///< GRU's linear_before_reset

    T clipped(T x) const
    {
        if (clip <= 0) return x;
        const T limit = static_cast<T>(clip);
        return x > limit ? limit : (x < -limit ? -limit : x);
    }
};

/// The new hidden and cell state from @p x (inputs times weights, [batch, gates * hidden]) and the old ones, in place.
template <class T>
using CellStep = void (*)(const Cell<T>& cell, const CellMatrix<T>& x, CellMatrix<T>& h, CellMatrix<T>& c);

template <class T>
void stepRnn(const Cell<T>& cell, const CellMatrix<T>& x, CellMatrix<T>& h, CellMatrix<T>& c);
template <class T>
void stepGru(const Cell<T>& cell, const CellMatrix<T>& x, CellMatrix<T>& h, CellMatrix<T>& c);
template <class T>
void stepLstm(const Cell<T>& cell, const CellMatrix<T>& x, CellMatrix<T>& h, CellMatrix<T>& c);

} // namespace bitwright
