// SPDX-License-Identifier: GPL-3.0-or-later
/// The graph while passes rewrite it. Node order follows the reference's clean-up step by step, because names
/// are numbered in that order (qonnx: core/modelwrapper.py `cleanup`, transformation/general.py `SortGraph`).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/model.h"

namespace bitwright {

class WorkGraph {
public:
    explicit WorkGraph(Model model);

    /// Beyond this many nodes the steps are taken by the sweep, with one ordering after each sweep: ordering
    /// afresh after every single rewrite, as the reference does, takes time in the square of the size.
    static constexpr std::size_t kMaximumStepwiseNodes = 1500;
    bool isStepwise() const { return m_is_stepwise; }
    /// False once the node has been removed or replaced; by the sweep, `order` holds such nodes until `tidy`.
    bool isAlive(NodeIndex index) const { return m_is_alive[static_cast<std::size_t>(index)]; }

    Graph& graph() { return m_model.graph; }
    const Graph& graph() const { return m_model.graph; }
    const Model& model() const { return m_model; }
    Node& node(NodeIndex index) { return m_model.graph.nodes[static_cast<std::size_t>(index)]; }
    Value& value(ValueIndex index) { return m_model.graph.values[static_cast<std::size_t>(index)]; }
    /// Living nodes in their present order (see `isAlive`).
    const std::vector<NodeIndex>& order() const { return m_order; }
    /// Whether the value is a constant whose data are there.
    bool isConstant(ValueIndex index) const { return index != kNone && graph().value(index).constant.has_value(); }
    bool isGraphOutput(ValueIndex index) const;
    /// Whether the graphs of some node read the value by its name; then nothing can stand in for it.
    bool isCaptured(ValueIndex index) const;

    /// Orders the nodes by the length of the longest path that leads to them, keeping the present order among
    /// equals; puts constants last in commutative operators; drops nodes without inputs that nothing reads.
    void tidy();
    /// Whether the last edit moved nodes to another level; `tidy` then changes the order.
    bool needsTidy() const { return m_needs_tidy; }

    ValueIndex addValue(Value value);
    ValueIndex addConstant(Tensor tensor);
    /// Puts @p nodes in the place of node @p index, which goes.
    void replace(NodeIndex index, std::vector<Node> nodes);
    /// Drops the node; its outputs must have become constants or unread.
    void remove(NodeIndex index);
    /// Lets every reader of @p from, and the graph outputs, read @p to.
    void redirect(ValueIndex from, ValueIndex to);
    void setInput(NodeIndex node, std::size_t input, ValueIndex value);

    /// Notes that nodes of @p domain are used, in the version of the default domain.
    void declareDomain(const std::string& domain) { m_model.opsets.try_emplace(domain, m_model.opset("")); }

    void record(std::string pass, std::string sentence, std::vector<std::string> nodes);
    /// The finished model: nodes in order, values that are used, links fresh.
    Model finish();

private:
    void relevel(const std::vector<NodeIndex>& changed);
    void takeOut(NodeIndex index);
    void spliceReplacements();
    int levelFromInputs(const Node& node) const;
    void sortConstantsLast();
    void dropFloating();
    std::vector<std::size_t> positions() const;

    Model m_model;
    std::vector<NodeIndex> m_order;
    std::vector<int> m_level; ///< by node index
    std::vector<bool> m_is_alive; ///< by node index
    std::map<NodeIndex, std::vector<NodeIndex>> m_replacements; ///< by the sweep: put in place by `tidy`
    bool m_is_stepwise = true;
    bool m_needs_tidy = true;
};

// ---- The passes, in the order of the clean-up

void foldConstants(WorkGraph& work);
void foldTransposesIntoQuantisers(WorkGraph& work);
/// Spatial operators in the channels-last domain, the transpositions around them moved as far as the reference moves them.
void channelsLast(WorkGraph& work);
/// Gemm as MatMul and Add, with the identities that this leaves removed. @return whether there was a Gemm
bool gemmToMatMul(WorkGraph& work);
/// Removes what changes nothing, as far as the reference's clean-up does (tolerance 1e-5).
void removeIdentityOperations(WorkGraph& work);
/// Removes operators that hand their input on in every model: Identity, Dropout.
void removePassThrough(WorkGraph& work);
void removeDeadNodes(WorkGraph& work);
void giveReadableNames(WorkGraph& work);

} // namespace bitwright
