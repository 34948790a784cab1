using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>The rows of one classic histogram's buckets, in the order of their bounds. Scratch of one worker.</summary>
internal sealed class BucketRows(int steps, bool hasHistograms)
{
    private RowTable _rows = new(16, steps, hasHistograms);
    private Bucket[] _scratch = new Bucket[16];

    /// <summary>Fills the rows; values that are native histograms are left out.</summary>
    public void Load(RowSource source, int[] members, Worker worker)
    {
        if (_rows.Rows < members.Length)
        {
            _rows = new RowTable(members.Length * 2, steps, hasHistograms);
            _scratch = new Bucket[members.Length * 2];
        }

        for (int i = 0; i < members.Length; i++)
        {
            source.Fill(members[i], _rows[i], worker);
            if (hasHistograms)
            {
                _rows[i].RemoveHistograms();
            }
        }
    }

    /// <summary>The buckets that have a value at a step; valid until the next call, and free to be changed.</summary>
    public Span<Bucket> At(int step, int[] members, double[] bounds)
    {
        int count = 0;
        for (int i = 0; i < members.Length; i++)
        {
            RowSpan row = _rows[i];
            if (row.Has(step))
            {
                _scratch[count++] = new Bucket(bounds[members[i]], row.Values[step]);
            }
        }

        return _scratch.AsSpan(0, count);
    }
}
