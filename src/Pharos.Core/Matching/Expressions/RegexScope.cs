using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pharos.Core.Matching.Expressions;

/// <summary>An open group while it is parsed: the branches that are finished and the sequence that grows.</summary>
internal sealed class RegexScope
{
    /// <summary>The capture number of a group that does not capture.</summary>
    public const int NoCapture = -1;

    private readonly int _capture;
    private readonly string? _name;
    private readonly List<RegexNode> _branches = [];
    private readonly List<RegexNode> _sequence = [];

    // Literal characters at the end of the sequence.
    private readonly StringBuilder _literal = new();

    /// <summary>A group; capture 0 is the whole pattern.</summary>
    public RegexScope(RegexFlags outerFlags, int capture, string? name)
    {
        OuterFlags = outerFlags;
        _capture = capture;
        _name = name;
    }

    /// <summary>The flags that hold again behind the group.</summary>
    public RegexFlags OuterFlags { get; }

    public void Add(RegexNode node)
    {
        FlushLiteral();
        _sequence.Add(node);
    }

    public void AddLiteral(Rune rune)
    {
        if (rune.IsBmp)
        {
            _literal.Append((char)rune.Value);
        }
        else
        {
            _literal.Append(rune.ToString());
        }
    }

    /// <summary>Takes the last element away, for a repetition of it.</summary>
    public bool TryTakeLast([NotNullWhen(true)] out RegexNode? last)
    {
        last = null;
        if (_literal.Length > 0)
        {
            int length = _literal.Length > 1 && char.IsLowSurrogate(_literal[^1]) ? 2 : 1;
            last = RegexNode.Literal(_literal.ToString(_literal.Length - length, length));
            _literal.Length -= length;
        }
        else if (_sequence.Count > 0)
        {
            last = _sequence[^1];
            _sequence.RemoveAt(_sequence.Count - 1);
        }

        return last is not null;
    }

    /// <summary>At a vertical bar.</summary>
    public void EndBranch()
    {
        FlushLiteral();
        _branches.Add(RegexNode.Concat(_sequence));
        _sequence.Clear();
    }

    public RegexNode Close()
    {
        EndBranch();
        RegexNode node = RegexNode.Alternate(_branches);
        return _capture > 0 ? RegexNode.Captured(node, _capture, _name) : node;
    }

    private void FlushLiteral()
    {
        if (_literal.Length > 0)
        {
            _sequence.Add(RegexNode.Literal(_literal.ToString()));
            _literal.Clear();
        }
    }
}
