// SPDX-License-Identifier: GPL-3.0-or-later
// The coverage table: operators joined with the rules of every flow.
#include <map>

#include "flows/flow.h"
#include "ops/op_registry.h"
#include "verbs.h"

namespace bitwright::cli {
namespace {

using RuleKey = std::pair<std::string, std::string>;
using Reasons = std::map<RuleKey, std::string>;

/// What a flow says about each operator that it names.
Reasons reasonsOf(const FlowDescriptor& flow)
{
    Reasons reasons;
    if (!flow.rules) return reasons;
    for (const OperatorRule& rule : flow.rules())
        reasons[{std::string(rule.domain), std::string(rule.op_type)}] = std::string(rule.reason);
    return reasons;
}

const char* mark(const std::string& reason)
{
    return reason.empty() ? "yes" : "no";
}

} // namespace

int runOps(const Arguments&, Session& session)
{
    std::vector<Reasons> flows;
    std::string head = "| operator | domain | shapes | reference |";
    std::string rule = "|---|---|---|---|";
    for (const FlowDescriptor* flow : builtinFlows()) {
        flows.push_back(reasonsOf(*flow));
        head += fmt::format(" {} |", flow->name);
        rule += "---|";
    }
    session.line("{}\n{}", head, rule);
    session.json()["operators"] = nlohmann::json::array();
    for (const OperatorCoverage& coverage : operatorCoverage()) {
        nlohmann::json entry{{"domain", coverage.domain},
                             {"operator", coverage.op_type},
                             {"shapes", coverage.shape_reason.empty()},
                             {"reference", coverage.reference_reason.empty()},
                             {"reasons", nlohmann::json::object()}};
        if (!coverage.shape_reason.empty()) entry["reasons"]["shapes"] = coverage.shape_reason;
        if (!coverage.reference_reason.empty()) entry["reasons"]["reference"] = coverage.reference_reason;
        std::string row = fmt::format("| {} | {} | {} | {} |", coverage.op_type, coverage.domain.empty() ? "onnx" : coverage.domain,
                                      mark(coverage.shape_reason), mark(coverage.reference_reason));
        for (std::size_t i = 0; i < flows.size(); ++i) {
            const std::string flow(builtinFlows()[i]->name);
            const auto found = flows[i].find({coverage.domain, coverage.op_type});
            const std::string reason = found == flows[i].end() ? "The flow has no rule for this operator." : found->second;
            entry["flows"][flow] = reason.empty();
            if (!reason.empty()) entry["reasons"][flow] = reason;
            row += fmt::format(" {} |", mark(reason));
        }
        session.json()["operators"].push_back(std::move(entry));
        session.line("{}", row);
    }
    return kOk;
}

} // namespace bitwright::cli
