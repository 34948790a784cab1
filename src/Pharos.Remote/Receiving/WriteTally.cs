namespace Pharos.Remote.Receiving;

/// <summary>The counts of one request.</summary>
internal struct WriteTally
{
    public int Appended;
    public int Refused;
    public int InvalidLabels;
    public int HistogramsAppended;
    public int HistogramsRefused;
    public int Exemplars;
    public int ExemplarsStored;
    public int Metadata;
    public int WithoutMetadata;
    public int Guessed;
    public int Walked;
}
