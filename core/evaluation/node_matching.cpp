// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/node_matching.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "support/content_hash.h"

namespace bitwright {
namespace {

/// The longest common sequence takes memory in the product of both lengths.
constexpr std::size_t kMaximumSequenceCells = std::size_t{16} << 20;

/// What a node looks like with its neighbours up to two hops away; sums, so that order among neighbours is no matter.
std::vector<std::uint64_t> structures(const Graph& graph)
{
    std::vector<std::uint64_t> own(graph.nodes.size());
    for (std::size_t n = 0; n < own.size(); ++n) {
        const Node& node = graph.nodes[n];
        ContentHasher hasher;
        hasher.text(node.domain).text(node.op_type);
        for (const ValueIndex output : node.outputs)
            if (output != kNone && graph.value(output).shape) hasher.array(std::span(*graph.value(output).shape));
        own[n] = hasher.value();
    }
    for (int hop = 0; hop < 2; ++hop) {
        std::vector<std::uint64_t> wider(own.size());
        for (std::size_t n = 0; n < own.size(); ++n) {
            std::uint64_t before = 0;
            std::uint64_t after = 0;
            for (const ValueIndex input : graph.nodes[n].inputs)
                if (input != kNone && graph.value(input).producer != kNone)
                    before += own[static_cast<std::size_t>(graph.value(input).producer)];
            for (const ValueIndex output : graph.nodes[n].outputs)
                if (output != kNone)
                    for (const NodeIndex consumer : graph.value(output).consumers) after += own[static_cast<std::size_t>(consumer)];
            wider[n] = ContentHasher().add(own[n]).add(before).add(after).value();
        }
        own = std::move(wider);
    }
    return own;
}

class Matcher {
public:
    Matcher(const Graph& a, const Graph& b) : m_a(a), m_b(b), m_of_a(a.nodes.size(), kNone), m_of_b(b.nodes.size(), kNone) {}

    std::vector<NodeMatch> run()
    {
        byText(MatchedBy::Name, [](const Graph&, const Node& node) { return node.name; });
        byText(MatchedBy::OutputName, [](const Graph& graph, const Node& node) {
            return node.outputs.empty() || node.outputs[0] == kNone ? std::string() : graph.value(node.outputs[0]).name;
        });
        byStructure();
        byOrder();
        std::sort(m_matches.begin(), m_matches.end(), [](const NodeMatch& x, const NodeMatch& y) { return x.a < y.a; });
        return std::move(m_matches);
    }

private:
    void pair(NodeIndex a, NodeIndex b, MatchedBy by)
    {
        m_of_a[static_cast<std::size_t>(a)] = b;
        m_of_b[static_cast<std::size_t>(b)] = a;
        m_matches.push_back({a, b, by});
    }

    static std::vector<NodeIndex> open(const std::vector<NodeIndex>& partners)
    {
        std::vector<NodeIndex> list;
        for (std::size_t n = 0; n < partners.size(); ++n)
            if (partners[n] == kNone) list.push_back(static_cast<NodeIndex>(n));
        return list;
    }

    template <class Text>
    void byText(MatchedBy by, Text text)
    {
        std::unordered_map<std::string, NodeIndex> known;
        const auto keyOf = [&](const Graph& graph, NodeIndex index) {
            const Node& node = graph.node(index);
            const std::string key = text(graph, node);
            return key.empty() ? key : node.domain + "\n" + node.op_type + "\n" + key;
        };
        for (const NodeIndex index : open(m_of_b))
            if (std::string key = keyOf(m_b, index); !key.empty()) known.try_emplace(std::move(key), index);
        for (const NodeIndex index : open(m_of_a)) {
            const auto found = known.find(keyOf(m_a, index));
            if (found == known.end()) continue;
            pair(index, found->second, by);
            known.erase(found);
        }
    }

    void byStructure()
    {
        const std::vector<NodeIndex> open_a = open(m_of_a);
        const std::vector<NodeIndex> open_b = open(m_of_b);
        if (open_a.empty() || open_b.empty()) return;
        const std::vector<std::uint64_t> of_a = structures(m_a);
        const std::vector<std::uint64_t> of_b = structures(m_b);
        struct Places {
            int in_a = 0;
            int in_b = 0;
            NodeIndex b = kNone;
        };
        std::unordered_map<std::uint64_t, Places> places;
        for (const NodeIndex index : open_a) ++places[of_a[static_cast<std::size_t>(index)]].in_a;
        for (const NodeIndex index : open_b) {
            Places& place = places[of_b[static_cast<std::size_t>(index)]];
            ++place.in_b;
            place.b = index;
        }
        for (const NodeIndex index : open_a) {
            const Places& place = places[of_a[static_cast<std::size_t>(index)]];
            if (place.in_a == 1 && place.in_b == 1) pair(index, place.b, MatchedBy::Neighbourhood);
        }
    }

    bool sameOperator(NodeIndex a, NodeIndex b) const
    {
        return m_a.node(a).op_type == m_b.node(b).op_type && m_a.node(a).domain == m_b.node(b).domain;
    }

    /// Longest common sequence of operators; where the table would be too large, greedily from the front.
    void byOrder()
    {
        const std::vector<NodeIndex> rows = open(m_of_a);
        const std::vector<NodeIndex> columns = open(m_of_b);
        if ((rows.size() + 1) * (columns.size() + 1) > kMaximumSequenceCells) return byFirstFit(rows, columns);
        const std::size_t width = columns.size() + 1;
        std::vector<std::uint32_t> longest((rows.size() + 1) * width, 0);
        for (std::size_t i = rows.size(); i-- > 0;)
            for (std::size_t j = columns.size(); j-- > 0;)
                longest[i * width + j] = sameOperator(rows[i], columns[j])
                                             ? longest[(i + 1) * width + j + 1] + 1
                                             : std::max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
        for (std::size_t i = 0, j = 0; i < rows.size() && j < columns.size();) {
            if (sameOperator(rows[i], columns[j])) pair(rows[i++], columns[j++], MatchedBy::Order);
            else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) ++i;
            else ++j;
        }
    }

    void byFirstFit(const std::vector<NodeIndex>& rows, const std::vector<NodeIndex>& columns)
    {
        std::unordered_map<std::string, std::vector<NodeIndex>> waiting; // per operator, last first
        for (auto column = columns.rbegin(); column != columns.rend(); ++column)
            waiting[m_b.node(*column).domain + "\n" + m_b.node(*column).op_type].push_back(*column);
        for (const NodeIndex row : rows) {
            std::vector<NodeIndex>& list = waiting[m_a.node(row).domain + "\n" + m_a.node(row).op_type];
            if (list.empty()) continue;
            pair(row, list.back(), MatchedBy::Order);
            list.pop_back();
        }
    }

    const Graph& m_a;
    const Graph& m_b;
    std::vector<NodeIndex> m_of_a; ///< partner by node of a
    std::vector<NodeIndex> m_of_b;
    std::vector<NodeMatch> m_matches;
};

} // namespace

std::string_view matchedByText(MatchedBy by)
{
    static constexpr std::array<std::string_view, 4> kTexts{"name", "output", "neighbourhood", "order"};
    return kTexts[static_cast<std::size_t>(by)];
}

std::vector<NodeMatch> matchNodes(const Graph& a, const Graph& b)
{
    return Matcher(a, b).run();
}

} // namespace bitwright
