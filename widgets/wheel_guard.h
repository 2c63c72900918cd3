// SPDX-License-Identifier: GPL-3.0-or-later
/// Keeps the wheel from changing a value that happens to be under the pointer (gui.md 7, item 29).
#pragma once

class QWidget;

namespace bitwright {

/// @p field reacts to the wheel only while it has the focus; otherwise the scroll area around it scrolls.
void guardWheel(QWidget* field);

} // namespace bitwright
