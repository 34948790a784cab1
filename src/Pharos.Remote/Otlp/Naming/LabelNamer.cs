using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Remote.Otlp.Naming;

/// <summary>
/// Makes label names from names of attributes, by the rules of github.com/prometheus/otlptranslator 1.0.0, and remembers them: senders have few. Not thread-safe.
/// </summary>
internal sealed class LabelNamer
{
    private const int MaxRemembered = 1024;
    private const string Reserved = "__";

    private readonly Dictionary<string, string> _remembered = new(StringComparer.Ordinal);
    private readonly bool _allowsUtf8;
    private readonly bool _sanitizesUnderscores;
    private readonly bool _keepsUnderscores;

    /// <param name="allowsUtf8">Whether names stay as they are.</param>
    /// <param name="sanitizesUnderscores">Whether a name with one underscore at the start gets <c>key</c> before it.</param>
    /// <param name="keepsUnderscores">Whether several underscores, and several other characters, stay several.</param>
    public LabelNamer(bool allowsUtf8, bool sanitizesUnderscores, bool keepsUnderscores)
    {
        _allowsUtf8 = allowsUtf8;
        _sanitizesUnderscores = sanitizesUnderscores;
        _keepsUnderscores = keepsUnderscores;
    }

    /// <summary>The label's name; false, with upstream's message, where the attribute has none that can become one.</summary>
    public bool TryBuild(string attribute, out string name, out string? error)
    {
        if (_remembered.TryGetValue(attribute, out string? known))
        {
            name = known;
            error = null;
            return true;
        }

        name = _allowsUtf8 ? attribute : Prefix(Sanitize(attribute));
        error = FindError(attribute, name);
        if (error is not null)
        {
            return false;
        }

        if (_remembered.Count == MaxRemembered)
        {
            _remembered.Clear();
        }

        _remembered.Add(attribute, name);
        return true;
    }

    private string? FindError(string attribute, string name)
    {
        if (attribute.Length == 0)
        {
            return "label name is empty";
        }

        if (name.AsSpan().ContainsAnyExcept('_'))
        {
            return null;
        }

        return _allowsUtf8
            ? $"label name {GoQuote.Quote(attribute)} contains only underscores"
            : $"normalization for label name {GoQuote.Quote(attribute)} resulted in invalid name {GoQuote.Quote(name)}";
    }

    private string Prefix(string name)
    {
        if (name.Length > 0 && char.IsAsciiDigit(name[0]))
        {
            return "key_" + name;
        }

        return _sanitizesUnderscores && name.StartsWith('_') && !name.StartsWith(Reserved, StringComparison.Ordinal) ? "key" + name : name;
    }

    private string Sanitize(string attribute)
    {
        // What is reserved stays reserved.
        bool isReserved = !_keepsUnderscores && attribute.Length >= 2 * Reserved.Length
            && attribute.StartsWith(Reserved, StringComparison.Ordinal) && attribute.EndsWith(Reserved, StringComparison.Ordinal);
        ReadOnlySpan<char> inner = isReserved ? attribute.AsSpan(Reserved.Length, attribute.Length - (2 * Reserved.Length)) : attribute;
        var name = new StringBuilder(attribute.Length);
        bool isRun = false;
        foreach (Rune rune in inner.EnumerateRunes())
        {
            if (rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value))
            {
                name.Append((char)rune.Value);
                isRun = false;
            }
            else if (_keepsUnderscores || !isRun)
            {
                name.Append('_');
                isRun = true;
            }
        }

        return isReserved ? $"{Reserved}{name}{Reserved}" : name.ToString();
    }
}
