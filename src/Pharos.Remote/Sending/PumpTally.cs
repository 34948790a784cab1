using Pharos.Core.Samples;

namespace Pharos.Remote.Sending;

/// <summary>What became of the entries of a record.</summary>
internal struct PumpTally
{
    public int Sent;
    public int Old;
    public int Dropped;
    public int Missing;
    public SeriesRef LastMissing;

    public void Count(CachedState state, SeriesRef series)
    {
        if (state == CachedState.Dropped)
        {
            Dropped++;
        }
        else
        {
            Missing++;
            LastMissing = series;
        }
    }
}
