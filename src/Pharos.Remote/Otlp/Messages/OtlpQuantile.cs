namespace Pharos.Remote.Otlp.Messages;

/// <summary>A quantile of a summary.</summary>
internal readonly record struct OtlpQuantile(double Quantile, double Value);
