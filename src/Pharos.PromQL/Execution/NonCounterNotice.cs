using Pharos.Core.Labels;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>
/// Tells the user when <c>rate</c> gives a result for a metric that does not look like a counter. Names are examined once each; series whose
/// name is in order cost nothing. Thread-safe.
/// </summary>
internal sealed class NonCounterNotice
{
    private readonly QueryRun _run;
    private readonly PositionRange _position;
    private readonly int[] _messageOf;
    private readonly string[] _messages;
    private readonly bool[] _seen;

    private NonCounterNotice(QueryRun run, PositionRange position, int[] messageOf, string[] messages)
    {
        _run = run;
        _position = position;
        _messageOf = messageOf;
        _messages = messages;
        _seen = new bool[messages.Length];
    }

    /// <summary>The notice for these series, or null when nothing about them is odd.</summary>
    public static NonCounterNotice? For(QueryRun run, RowLabels labels, PositionRange position)
    {
        uint[] names = new uint[labels.Count];
        labels.GetIds(Label.MetricName, names);
        uint[] types = new uint[labels.Count];
        if (run.Options.TypeAndUnitLabels)
        {
            labels.GetIds("__type__", types);
        }

        var known = new Dictionary<(uint Name, uint Type), int>();
        var messages = new List<string>();
        int[]? messageOf = null;
        int at = -1;
        for (int row = 0; row < names.Length; row++)
        {
            (uint Name, uint Type) key = (names[row], types[row]);
            bool isAsBefore = row > 0 && names[row - 1] == key.Name && types[row - 1] == key.Type;
            if (!isAsBefore && !known.TryGetValue(key, out at))
            {
                string? message = Examine(run, labels, key.Name, key.Type);
                at = message is null ? -1 : messages.Count;
                known.Add(key, at);
                if (message is not null)
                {
                    messages.Add(message);
                }
            }

            if (at >= 0)
            {
                messageOf ??= NewMap(names.Length);
                messageOf[row] = at;
            }
        }

        return messageOf is null ? null : new NonCounterNotice(run, position, messageOf, [.. messages]);
    }

    /// <summary>A row was computed.</summary>
    public void See(int row, RowSpan output)
    {
        int at = _messageOf[row];
        if (at >= 0 && !Volatile.Read(ref _seen[at]) && output.HasNumbers)
        {
            Volatile.Write(ref _seen[at], true);
            _run.Annotations.Add(isWarning: false, _messages[at], _position);
        }
    }

    private static int[] NewMap(int rows)
    {
        int[] map = new int[rows];
        Array.Fill(map, -1);
        return map;
    }

    private static string? Examine(QueryRun run, RowLabels labels, uint nameId, uint typeId)
    {
        string name = labels.ValueOf(nameId);
        if (name.Length == 0)
        {
            return null;
        }

        if (run.Options.TypeAndUnitLabels)
        {
            string type = labels.ValueOf(typeId);
            return type is "counter" or "histogram"
                ? null
                : $"metric might not be a counter, __type__ label is not set to \"counter\" or \"histogram\", got {GoQuote.Quote(type)}: {GoQuote.Quote(name)}";
        }

        bool looksLikeCounter = name.EndsWith("_total", StringComparison.Ordinal) || name.EndsWith("_sum", StringComparison.Ordinal)
            || name.EndsWith("_count", StringComparison.Ordinal) || name.EndsWith("_bucket", StringComparison.Ordinal);
        return looksLikeCounter
            ? null
            : $"metric might not be a counter, name does not end in _total/_sum/_count/_bucket: {GoQuote.Quote(name)}";
    }
}
