namespace Pharos.Remote.Otlp;

/// <summary>Counts over one request.</summary>
internal sealed class OtlpTally
{
    public int Appended { get; set; }

    public int Refused { get; set; }

    public int Exemplars { get; set; }

    public int ExemplarsAppended { get; set; }

    public int ExemplarsOutOfOrder { get; set; }
}
