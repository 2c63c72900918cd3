// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "conformance/exceptions.h"

namespace bitwright::test {
namespace {

constexpr std::string_view kTraining = "Training is not done here.";
constexpr std::string_view kText = "Text has no place on a chip.";
constexpr std::string_view kTerms = "Counting terms of texts is not supported.";
constexpr std::string_view kSequence = "Sequences of tensors are not supported.";
constexpr std::string_view kOptional = "Optional values are not supported.";
constexpr std::string_view kRandom = "The result is random.";
constexpr std::string_view kImage = "Image files are decoded before the network.";
/// The values are right; what is missing is the type before the run.
constexpr std::string_view kBodies = "Types are not inferred through bodies of If and Loop that declare none.";

constexpr std::array kExceptions{
    Exception{"test_affine_grid_2d_align_corners_expanded", kBodies},
    Exception{"test_affine_grid_2d_expanded", kBodies},
    Exception{"test_affine_grid_3d_align_corners_expanded", kBodies},
    Exception{"test_affine_grid_3d_expanded", kBodies},
    Exception{"test_linear_attention_decode_step_expanded", kBodies},
    Exception{"test_linear_attention_delta_expanded", kBodies},
    Exception{"test_linear_attention_explicit_scale_expanded", kBodies},
    Exception{"test_linear_attention_fp16_expanded", kBodies},
    Exception{"test_linear_attention_gated_delta_beta_scalar_expanded", kBodies},
    Exception{"test_linear_attention_gated_delta_expanded", kBodies},
    Exception{"test_linear_attention_gated_delta_gqa_expanded", kBodies},
    Exception{"test_linear_attention_gated_delta_mqa_expanded", kBodies},
    Exception{"test_linear_attention_gated_expanded", kBodies},
    Exception{"test_linear_attention_gated_per_head_decay_expanded", kBodies},
    Exception{"test_linear_attention_linear_expanded", kBodies},
    Exception{"test_linear_attention_linear_t1_no_past_expanded", kBodies},
    Exception{"test_linear_attention_no_past_explicit_zeros_expanded", kBodies},
    Exception{"test_linear_attention_prefill_with_past_expanded", kBodies},
    Exception{"test_batchnorm_epsilon_training_mode", kTraining},
    Exception{"test_batchnorm_example_training_mode", kTraining},
    Exception{"test_training_dropout", kTraining},
    Exception{"test_training_dropout_default", kTraining},
    Exception{"test_training_dropout_default_mask", kTraining},
    Exception{"test_training_dropout_mask", kTraining},
    Exception{"test_equal_string", kText},
    Exception{"test_equal_string_broadcast", kText},
    Exception{"test_regex_full_match_basic", kText},
    Exception{"test_regex_full_match_email_domain", kText},
    Exception{"test_regex_full_match_empty", kText},
    Exception{"test_string_concat", kText},
    Exception{"test_string_concat_broadcasting", kText},
    Exception{"test_string_concat_empty_string", kText},
    Exception{"test_string_concat_utf8", kText},
    Exception{"test_string_concat_zero_dimensional", kText},
    Exception{"test_string_split_basic", kText},
    Exception{"test_string_split_consecutive_delimiters", kText},
    Exception{"test_string_split_empty_string_delimiter", kText},
    Exception{"test_string_split_empty_tensor", kText},
    Exception{"test_string_split_maxsplit", kText},
    Exception{"test_string_split_no_delimiter", kText},
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
    Exception{"test_if_seq", kSequence},
    Exception{"test_loop13_seq", kSequence},
    Exception{"test_loop16_seq_none", kSequence},
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
    Exception{"test_split_to_sequence_1", kSequence},
    Exception{"test_split_to_sequence_2", kSequence},
    Exception{"test_split_to_sequence_nokeepdims", kSequence},
    Exception{"test_identity_opt", kOptional},
    Exception{"test_if_opt", kOptional},
    Exception{"test_optional_get_element_optional_sequence", kOptional},
    Exception{"test_optional_get_element_optional_tensor", kOptional},
    Exception{"test_optional_get_element_sequence", kOptional},
    Exception{"test_optional_get_element_tensor", kOptional},
    Exception{"test_optional_has_element_empty_no_input_name_optional_input", kOptional},
    Exception{"test_optional_has_element_empty_no_input_name_tensor_input", kOptional},
    Exception{"test_optional_has_element_empty_no_input_optional_input", kOptional},
    Exception{"test_optional_has_element_empty_no_input_tensor_input", kOptional},
    Exception{"test_optional_has_element_empty_optional_input", kOptional},
    Exception{"test_optional_has_element_optional_input", kOptional},
    Exception{"test_optional_has_element_tensor_input", kOptional},
    Exception{"test_bernoulli", kRandom},
    Exception{"test_bernoulli_double", kRandom},
    Exception{"test_bernoulli_double_expanded", kRandom},
    Exception{"test_bernoulli_expanded", kRandom},
    Exception{"test_bernoulli_seed", kRandom},
    Exception{"test_bernoulli_seed_expanded", kRandom},
    Exception{"test_image_decoder_decode_bmp_rgb", kImage},
    Exception{"test_image_decoder_decode_jpeg2k_rgb", kImage},
    Exception{"test_image_decoder_decode_jpeg_bgr", kImage},
    Exception{"test_image_decoder_decode_jpeg_grayscale", kImage},
    Exception{"test_image_decoder_decode_jpeg_rgb", kImage},
    Exception{"test_image_decoder_decode_png_rgb", kImage},
    Exception{"test_image_decoder_decode_pnm_rgb", kImage},
    Exception{"test_image_decoder_decode_tiff_rgb", kImage},
    Exception{"test_image_decoder_decode_webp_rgb", kImage},
};

} // namespace

std::span<const Exception> generatedExceptions()
{
    return kExceptions;
}

} // namespace bitwright::test
