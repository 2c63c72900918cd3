// SPDX-License-Identifier: GPL-3.0-or-later
/// A design of two dense layers and one activation as plain values, without any file.
#pragma once

#include "widgets/design_view.h"

namespace bitwright::test {

/// `fc1` and `fc2` (Dense, locked and noted: fc2), `relu` (Activation); costs, statistics of fc1, no lowering's circuit.
DesignView smallDesign();

} // namespace bitwright::test
