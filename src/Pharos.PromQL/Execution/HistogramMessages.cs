namespace Pharos.PromQL.Execution;

/// <summary>Beginnings of upstream's messages about histograms that were combined; the operation follows.</summary>
internal static class HistogramMessages
{
    public const string HintsCollided = "conflicting counter resets during histogram";

    public const string BoundsReconciled = "mismatched custom buckets were reconciled during";

    public const string MixedWithNumbers = "encountered a mix of histograms and floats for";

    public const string MixedSchemas = "vector contains a mix of histograms with exponential and custom buckets schemas for metric name";
}
