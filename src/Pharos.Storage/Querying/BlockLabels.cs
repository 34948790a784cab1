using System.Buffers;
using System.Text;
using Pharos.Core.Matching;
using Pharos.Storage.Blocks;

namespace Pharos.Storage.Querying;

/// <summary>Label names and values of a block. As upstream's: of all its series that match, whatever part of its time is asked for.</summary>
internal static class BlockLabels
{
    /// <summary>Adds the names of the series that match any of the sets; of all series when there are no sets.</summary>
    public static void AddNames(IndexReader index, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, HashSet<string> names, CancellationToken cancellationToken)
    {
        if (matcherSets.Count == 0)
        {
            names.UnionWith(index.Postings.Names.Where(static name => name.Length > 0));
            return;
        }

        var symbols = new HashSet<uint>();
        ForEach(index, matcherSets, entry =>
        {
            while (entry.MoveNextLabel())
            {
                symbols.Add(entry.Name);
            }
        }, cancellationToken);
        AddTexts(index, symbols, names);
    }

    /// <summary>Adds the values of a label of the series that match any of the sets; of all series when there are no sets.</summary>
    public static void AddValues(
        IndexReader index, string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, HashSet<string> values, CancellationToken cancellationToken)
    {
        if (name.Length == 0 || !index.Postings.TryGet(name, out LabelPostings postings))
        {
            return;
        }

        if (matcherSets.Count == 0)
        {
            PostingsTable.ValueCursor cursor = index.Postings.Open(postings);
            while (cursor.MoveNext())
            {
                values.Add(Encoding.UTF8.GetString(cursor.Value));
            }

            return;
        }

        if (!index.Symbols.TryFind(Encoding.UTF8.GetBytes(name), out uint symbol))
        {
            return;
        }

        var symbols = new HashSet<uint>();
        ForEach(index, matcherSets, entry =>
        {
            while (entry.MoveNextLabel())
            {
                if (entry.Name == symbol)
                {
                    symbols.Add(entry.Value);
                }
            }
        }, cancellationToken);
        AddTexts(index, symbols, values);
    }

    private static void ForEach(IndexReader index, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, Action<SeriesEntry> visit, CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<Matcher> matchers in matcherSets)
        {
            int count = BlockSelector.Select(index, matchers, cancellationToken, out uint[] series);
            try
            {
                for (int i = 0; i < count; i++)
                {
                    if ((i & 1023) == 0)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                    }

                    visit(index.OpenSeries(series[i]));
                }
            }
            finally
            {
                ArrayPool<uint>.Shared.Return(series);
            }
        }
    }

    private static void AddTexts(IndexReader index, HashSet<uint> symbols, HashSet<string> texts)
    {
        foreach (uint symbol in symbols)
        {
            texts.Add(Encoding.UTF8.GetString(index.Symbols.Get(symbol)));
        }

        texts.Remove("");
    }
}
