// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/dataset.h"

#include "dataset/labels.h"
#include "dataset/number_conversion.h"
#include "dataset/sample_arrays.h"
#include "model/npy.h"
#include "support/diagnostic_codes.h"
#include "support/test_data.h"

#include <gtest/gtest.h>

namespace bitwright {
namespace {

Value input(const std::string& name, Shape shape, ElementType type = ElementType::Float32)
{
    Value value;
    value.name = name;
    value.original_name = name;
    value.shape = std::move(shape);
    value.type = type;
    return value;
}

Model modelWith(std::vector<Value> inputs, Shape output)
{
    Model model;
    for (Value& value : inputs) {
        model.graph.inputs.push_back(static_cast<ValueIndex>(model.graph.values.size()));
        model.graph.values.push_back(std::move(value));
    }
    model.graph.outputs.push_back(static_cast<ValueIndex>(model.graph.values.size()));
    model.graph.values.push_back(input("y", std::move(output)));
    return model;
}

Tensor counting(const Shape& shape)
{
    std::vector<float> values(static_cast<std::size_t>(*elementCount(shape)));
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i);
    return Tensor::of<float>(shape, values);
}

struct Form {
    Shape model;
    Shape array;
    Shape samples; ///< empty: refused
    Shape leading;
};

TEST(SampleArrays, AcceptTheFormsOfTheContract)
{
    const std::vector<Form> forms{
        {{1, 16}, {1, 16}, {1, 16}, {1}},               // the model's shape
        {{1, 16}, {100, 16}, {100, 16}, {100}},         // [N, shape without batch]
        {{1, 16}, {100, 1, 16}, {100, 16}, {100, 1}},   // [N, full shape]
        {{8, 16}, {3, 8, 16}, {24, 16}, {3, 8}},        // with a real batch
        {{1, 1, 28, 28}, {5, 784}, {5, 1, 28, 28}, {5}}, // [N, ...] of equal element count
        {{1, 784}, {5, 1, 28, 28}, {5, 784}, {5}},
        {{1, 1, 28, 28}, {5, 1, 28, 28}, {5, 1, 28, 28}, {5}},
        {{1, 1, 28, 28}, {5, 1, 1, 28, 28}, {5, 1, 28, 28}, {5, 1}},
        {{-1, 16}, {7, 16}, {7, 16}, {7}},              // unknown batch
        {{1, -1, 4}, {7, 9, 4}, {7, 9, 4}, {7}},        // unknown length
        {{4}, {10}, {10}, {10}},                        // dimension 0 is the batch, even alone
        {{1, 16}, {0, 16}, {0, 16}, {0}},               // no samples
        {{1, 16}, {16}, {}, {}},
        {{1, 16}, {100, 15}, {}, {}},
        {{1, 16}, {2, 1, 15}, {}, {}},
        {{1, -1, 4}, {7, 9, 5}, {}, {}},
    };
    for (const Form& form : forms) {
        const Result<SampleArray> fitted = fitSamples(counting(form.array), input("x", form.model), "x.npy");
        ASSERT_EQ(fitted.ok(), !form.samples.empty()) << shapeText(form.model) << " " << shapeText(form.array);
        if (!fitted) {
            EXPECT_EQ(fitted.error().code, DiagnosticCode::ArrayShape);
            continue;
        }
        EXPECT_EQ(fitted->samples.shape(), form.samples) << shapeText(form.array);
        EXPECT_EQ(fitted->leading, form.leading) << shapeText(form.array);
    }
}

TEST(Dataset, OutputHasTheLeadingFormOfTheInput)
{
    const Model model = modelWith({input("x", {8, 16})}, {8, 5});
    const Result<Dataset> data = makeDataset(model, {counting({3, 8, 16})}, {"x.npy"});
    ASSERT_TRUE(data.ok());
    EXPECT_EQ(withLeadingForm(counting({24, 5}), *data).shape(), (Shape{3, 8, 5}));
}

TEST(Dataset, SaysWhichInputsAreWanted)
{
    const std::string folder = test::temporaryFolder("inputs");
    ASSERT_TRUE(writeNpy(folder + "/a.npy", counting({4, 2})).ok());
    ASSERT_TRUE(writeNpy(folder + "/b.npy", counting({5, 3})).ok());
    const Model model = modelWith({input("a", {1, 2}), input("b", {1, 3})}, {1, 2});
    EXPECT_EQ(loadDataset(model, {{{"a", folder + "/a.npy"}}, ""}).error().code, DiagnosticCode::InputMissing);
    EXPECT_EQ(loadDataset(model, {{{"c", folder + "/a.npy"}}, ""}).error().code, DiagnosticCode::InputUnknown);
    EXPECT_EQ(loadDataset(model, {{{"", folder + "/a.npy"}}, ""}).error().code, DiagnosticCode::InputUnknown);
    const Result<std::shared_ptr<const Dataset>> differing =
        loadDataset(model, {{{"a", folder + "/a.npy"}, {"b", folder + "/b.npy"}}, ""});
    EXPECT_EQ(differing.error().code, DiagnosticCode::SampleCountsDiffer);
}

TEST(Dataset, LabelsAreNumbersOrOneHot)
{
    const std::vector<float> numbers{2, 0, 1};
    const std::vector<float> hot{0, 0, 1, 1, 0, 0, 0, 1, 0};
    const std::vector<std::int64_t> expected{2, 0, 1};
    EXPECT_EQ(*classLabels(Tensor::of<float>({3}, numbers), "y"), expected);
    EXPECT_EQ(*classLabels(Tensor::of<float>({3, 1}, numbers), "y"), expected);
    EXPECT_EQ(*classLabels(Tensor::of<float>({3, 3}, hot), "y"), expected);
    const std::vector<float> bad{0.5, 1, 2};
    EXPECT_EQ(classLabels(Tensor::of<float>({3}, bad), "y").error().code, DiagnosticCode::LabelsMalformed);
    const std::vector<float> negative{-1, 1, 2};
    EXPECT_EQ(classLabels(Tensor::of<float>({3}, negative), "y").error().code, DiagnosticCode::LabelsMalformed);
    const std::vector<float> two_hot{1, 1, 0, 0, 1, 0};
    EXPECT_EQ(classLabels(Tensor::of<float>({2, 3}, two_hot), "y").error().code, DiagnosticCode::LabelsMalformed);
    EXPECT_EQ(classLabels(Tensor::of<float>({}, std::span(bad).first(1)), "y").error().code, DiagnosticCode::LabelsMalformed);
}

TEST(Dataset, LabelBeyondTheClassesIsNamed)
{
    const Model model = modelWith({input("x", {1, 2})}, {1, 3});
    const Result<void> checked = checkLabels({0, 2, 17}, model, "l.npy");
    ASSERT_FALSE(checked.ok());
    EXPECT_EQ(checked.error().message(), "The label 17 of sample 2 in 'l.npy' names no class: the model has 3.");
    EXPECT_TRUE(checkLabels({0, 1}, modelWith({input("x", {1, 2})}, {1, 1}), "l").ok());
    EXPECT_FALSE(checkLabels({0, 2}, modelWith({input("x", {1, 2})}, {1, 1}), "l").ok());
    EXPECT_TRUE(checkLabels({99}, modelWith({input("x", {1, 2})}, {1, -1}), "l").ok());
}

TEST(Dataset, HashTellsContentsApart)
{
    const Model model = modelWith({input("x", {1, 2})}, {1, 2});
    const Dataset one = *makeDataset(model, {counting({4, 2})}, {"x"});
    const Dataset same = *makeDataset(model, {counting({4, 2})}, {"other name"});
    EXPECT_EQ(one.content_hash, same.content_hash);
    EXPECT_NE(one.content_hash, one.head(3).content_hash);
    EXPECT_EQ(one.head(3).inputs[0].shape(), (Shape{3, 2}));
    const std::vector<std::int64_t> labels{0, 1, 0, 1};
    EXPECT_NE(withLabels(one, Tensor::of<std::int64_t>({4}, labels), "y")->content_hash, one.content_hash);
    EXPECT_EQ(withLabels(one, Tensor::of<std::int64_t>({2, 2}, labels), "y").error().code, DiagnosticCode::SampleCountsDiffer);
}

TEST(NumberConversion, IsExactForIntegersAndRoundsFloats)
{
    const std::vector<double> whole{0, 255, 7};
    const Result<Tensor> bytes = convertNumbers(Tensor::of<double>({3}, whole), ElementType::Uint8, "x");
    ASSERT_TRUE(bytes.ok());
    EXPECT_EQ(asDoubles(*bytes), whole);
    for (const double bad : {256.0, -1.0, 0.5, std::numeric_limits<double>::quiet_NaN(), 1e300}) {
        const std::vector<double> values{bad};
        EXPECT_EQ(convertNumbers(Tensor::of<double>({1}, values), ElementType::Uint8, "x").error().code,
                  DiagnosticCode::InputNotInteger);
    }
    const std::vector<double> edge{9223372036854775808.0};
    EXPECT_FALSE(convertNumbers(Tensor::of<double>({1}, edge), ElementType::Int64, "x").ok());
    const std::vector<std::int64_t> small{1, 2};
    const std::vector<std::int64_t> large{1, (std::int64_t{1} << 24) + 1};
    EXPECT_EQ(asFloatingPoint(Tensor::of<std::int64_t>({2}, small)).type(), ElementType::Float32);
    EXPECT_EQ(asFloatingPoint(Tensor::of<std::int64_t>({2}, large)).type(), ElementType::Float64);
}

TEST(SyntheticDataset, IsDeterministicAndSaysSo)
{
    const Model model = modelWith({input("x", {-1, 16})}, {-1, 5});
    const auto one = *syntheticDataset(model);
    const auto two = *syntheticDataset(model);
    EXPECT_TRUE(one->is_synthetic);
    EXPECT_EQ(one->samples, kSyntheticSamples);
    EXPECT_EQ(one->content_hash, two->content_hash);
    const std::vector<double> values = asDoubles(one->inputs[0]);
    double sum = 0, squares = 0;
    for (const double value : values) {
        sum += value;
        squares += value * value;
    }
    EXPECT_NEAR(sum / 16000, 0, 0.03);
    EXPECT_NEAR(squares / 16000, 1, 0.05);
}

TEST(SyntheticDataset, NeedsAShapeAndBoundsMemory)
{
    EXPECT_EQ(syntheticDataset(modelWith({input("x", {1, -1})}, {1, 2})).error().code, DiagnosticCode::InputShapeUnknown);
    EXPECT_EQ(syntheticDataset(modelWith({input("x", {1, 1 << 30, 1 << 30})}, {1, 2})).error().code,
              DiagnosticCode::InputShapeUnknown);
    const auto data = *syntheticDataset(modelWith({input("x", {1, 1 << 20})}, {1, 2}));
    EXPECT_EQ(data->samples, 4);
}

} // namespace
} // namespace bitwright
