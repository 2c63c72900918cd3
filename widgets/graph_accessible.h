// SPDX-License-Identifier: GPL-3.0-or-later
/// The canvas for screen readers: a list whose items are the nodes and chips of the drawing (gui.md 3.15).
#pragma once

namespace bitwright {

class GraphView;

/// Makes Qt ask for the interface of every GraphView; calling it again changes nothing.
void installGraphAccessibility();
/// Tells a screen reader that the current node is another one.
void announceCurrentNode(GraphView& view);

} // namespace bitwright
