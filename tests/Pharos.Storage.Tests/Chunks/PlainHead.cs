using Pharos.Core.Samples;

namespace Pharos.Storage.Tests.Chunks;

/// <summary>Upstream's rule of when a chunk is cut, in upstream's order of steps.</summary>
internal sealed class PlainHead
{
    private long _nextAt;

    public List<PlainXorChunk> Chunks { get; } = [];

    public void Append(Sample sample)
    {
        long time = sample.Timestamp;
        bool created = false;
        if (Chunks.Count == 0)
        {
            Cut(time);
            created = true;
        }

        if (!created && Chunks[^1].Bytes > 1005)
        {
            Cut(time);
        }

        PlainXorChunk chunk = Chunks[^1];
        if (chunk.Count == 30)
        {
            double n = (_nextAt - chunk.FirstTime) / ((chunk.LastTime - chunk.FirstTime + 1) * 4.0);
            _nextAt = n <= 1 ? _nextAt : (long)(chunk.FirstTime + ((_nextAt - chunk.FirstTime) / Math.Floor(n)));
        }

        if (time >= _nextAt || chunk.Count >= 240)
        {
            Cut(time);
        }

        Chunks[^1].Append(time, sample.Value);
    }

    private void Cut(long time)
    {
        Chunks.Add(new PlainXorChunk());
        _nextAt = ((time / 7_200_000) * 7_200_000) + 7_200_000;
    }
}
