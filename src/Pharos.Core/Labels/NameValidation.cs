namespace Pharos.Core.Labels;

/// <summary>Which names a configuration takes for metrics and labels.</summary>
public enum NameValidation : byte
{
    /// <summary>Any UTF-8 text that is not empty; the default of Prometheus 3.</summary>
    Utf8 = 0,

    /// <summary>Letters, digits and underscores, for metrics colons too.</summary>
    Legacy = 1,
}
