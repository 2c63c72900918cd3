// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance/exceptions.h"

#include <array>

namespace bitwright::test {
namespace {

constexpr std::array kExceptions{
    Exception{"test_identity_opt", kOptional},
    Exception{"test_adagrad", kTraining},
    Exception{"test_adagrad_multiple", kTraining},
    Exception{"test_adam", kTraining},
    Exception{"test_adam_multiple", kTraining},
    Exception{"test_batchnorm_epsilon_training_mode", kTraining},
    Exception{"test_batchnorm_example_training_mode", kTraining},
    Exception{"test_gradient_of_add", kTraining},
    Exception{"test_gradient_of_add_and_mul", kTraining},
    Exception{"test_momentum", kTraining},
    Exception{"test_momentum_multiple", kTraining},
    Exception{"test_nesterov_momentum", kTraining},
    Exception{"test_training_dropout", kTraining},
    Exception{"test_training_dropout_default", kTraining},
    Exception{"test_training_dropout_default_mask", kTraining},
    Exception{"test_training_dropout_mask", kTraining},
    Exception{"test_cast_FLOAT_to_STRING", kText},
    Exception{"test_cast_STRING_to_FLOAT", kText},
    Exception{"test_castlike_FLOAT_to_STRING", kText},
    Exception{"test_castlike_FLOAT_to_STRING_expanded", kText},
    Exception{"test_castlike_STRING_to_FLOAT", kText},
    Exception{"test_castlike_STRING_to_FLOAT_expanded", kText},
    Exception{"test_strnorm_model_monday_casesensintive_lower", kText},
    Exception{"test_strnorm_model_monday_casesensintive_nochangecase", kText},
    Exception{"test_strnorm_model_monday_casesensintive_upper", kText},
    Exception{"test_strnorm_model_monday_empty_output", kText},
    Exception{"test_strnorm_model_monday_insensintive_upper_twodim", kText},
    Exception{"test_strnorm_model_nostopwords_nochangecase", kText},
    Exception{"test_strnormalizer_export_monday_casesensintive_lower", kText},
    Exception{"test_strnormalizer_export_monday_casesensintive_nochangecase", kText},
    Exception{"test_strnormalizer_export_monday_casesensintive_upper", kText},
    Exception{"test_strnormalizer_export_monday_empty_output", kText},
    Exception{"test_strnormalizer_export_monday_insensintive_upper_twodim", kText},
    Exception{"test_strnormalizer_nostopwords_nochangecase", kText},
    Exception{"test_tfidfvectorizer_tf_batch_onlybigrams_skip0", kTerms},
    Exception{"test_tfidfvectorizer_tf_batch_onlybigrams_skip5", kTerms},
    Exception{"test_tfidfvectorizer_tf_batch_uniandbigrams_skip5", kTerms},
    Exception{"test_tfidfvectorizer_tf_only_bigrams_skip0", kTerms},
    Exception{"test_tfidfvectorizer_tf_onlybigrams_levelempty", kTerms},
    Exception{"test_tfidfvectorizer_tf_onlybigrams_skip5", kTerms},
    Exception{"test_tfidfvectorizer_tf_uniandbigrams_skip5", kTerms},
    Exception{"test_identity_sequence", kSequence},
    Exception{"test_if_opt", kSequence},
    Exception{"test_if_seq", kSequence},
    Exception{"test_loop13_seq", kSequence},
    Exception{"test_loop16_seq_none", kSequence},
    Exception{"test_optional_get_element_sequence", kSequence},
    Exception{"test_sequence_insert_at_back", kSequence},
    Exception{"test_sequence_insert_at_front", kSequence},
    Exception{"test_sequence_map_add_1_sequence_1_tensor", kSequence},
    Exception{"test_sequence_map_add_1_sequence_1_tensor_expanded", kSequence},
    Exception{"test_sequence_map_add_2_sequences", kSequence},
    Exception{"test_sequence_map_add_2_sequences_expanded", kSequence},
    Exception{"test_sequence_map_extract_shapes", kSequence},
    Exception{"test_sequence_map_extract_shapes_expanded", kSequence},
    Exception{"test_sequence_map_identity_1_sequence", kSequence},
    Exception{"test_sequence_map_identity_1_sequence_1_tensor", kSequence},
    Exception{"test_sequence_map_identity_1_sequence_1_tensor_expanded", kSequence},
    Exception{"test_sequence_map_identity_1_sequence_expanded", kSequence},
    Exception{"test_sequence_map_identity_2_sequences", kSequence},
    Exception{"test_sequence_map_identity_2_sequences_expanded", kSequence},
    Exception{"test_sequence_model1", kSequence},
    Exception{"test_sequence_model2", kSequence},
    Exception{"test_sequence_model3", kSequence},
    Exception{"test_sequence_model4", kSequence},
    Exception{"test_sequence_model5", kSequence},
    Exception{"test_sequence_model6", kSequence},
    Exception{"test_sequence_model7", kSequence},
    Exception{"test_sequence_model8", kSequence},
    Exception{"test_optional_get_element", kOptional},
    Exception{"test_optional_has_element", kOptional},
    Exception{"test_optional_has_element_empty", kOptional},
    Exception{"test_bernoulli", kRandom},
    Exception{"test_bernoulli_double", kRandom},
    Exception{"test_bernoulli_double_expanded", kRandom},
    Exception{"test_bernoulli_expanded", kRandom},
    Exception{"test_bernoulli_seed", kRandom},
    Exception{"test_bernoulli_seed_expanded", kRandom},
};

} // namespace

std::span<const Exception> exceptions()
{
    return kExceptions;
}

} // namespace bitwright::test
