using System.Globalization;
using Pharos.Config.Printing;
using Pharos.Core.Buffers;
using Pharos.Core.Time;

namespace Pharos.Config.Yaml;

/// <summary>
/// One section while it is read. Each call names a field once, gives its value, and notes it as it is in effect, in the order of the calls, for printing.
/// What is wrong is noted in the diagnostics and reading goes on with the default. A field that nobody asked for is refused at the end.
/// </summary>
/// <remarks>As upstream's decoder: an absent field has its default, one that is there but null has the zero value of its type.</remarks>
public sealed class YamlMapping
{
    private readonly Dictionary<string, YamlEntry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly string _type;

    private YamlMapping(TextPosition position, string type, ConfigDiagnostics diagnostics)
    {
        Position = position;
        _type = type;
        Diagnostics = diagnostics;
    }

    /// <summary>Where the section begins.</summary>
    public TextPosition Position { get; }

    /// <summary>Where errors and warnings go.</summary>
    public ConfigDiagnostics Diagnostics { get; }

    /// <summary>What was read, as it is in effect.</summary>
    public CanonicalMapping Canonical { get; } = new();

    /// <summary>Whether any field of this section was refused so far.</summary>
    public bool HasRefused => _refused.Count > 0;

    /// <summary>Reads a section.</summary>
    /// <param name="node">A mapping; null or a null scalar reads as an empty one.</param>
    /// <param name="type">Upstream's name of the section's type, for its messages.</param>
    /// <param name="position">Where the section would be, for messages about what is missing.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="read">Names the fields.</param>
    /// <param name="canonical">The section as it is in effect.</param>
    public static T? Read<T>(YamlNode? node, string type, TextPosition position, ConfigDiagnostics diagnostics, Func<YamlMapping, T> read, out CanonicalMapping canonical)
    {
        var mapping = new YamlMapping(node?.Position ?? position, type, diagnostics);
        canonical = mapping.Canonical;
        if (node is not null && !node.IsNull)
        {
            if (node.Kind != YamlKind.Mapping)
            {
                diagnostics.Error(node.Position, $"cannot unmarshal {YamlScalar.ResolveTag(node)} into {type}", expected: "a section of fields");
                return default;
            }

            mapping.Open(node);
        }

        T result = read(mapping);
        mapping.RefuseUnknown();
        return result;
    }

    /// <summary>Whether the field is there and not null.</summary>
    public bool Has(string key) => _entries.TryGetValue(key, out YamlEntry entry) && !entry.Value.IsNull;

    /// <summary>The place of the field's value; of the section where the field is absent.</summary>
    public TextPosition PositionOf(string key) => _entries.TryGetValue(key, out YamlEntry entry) ? entry.Value.Position : Position;

    /// <summary>The names of the fields that are in the file, in no particular order.</summary>
    public IEnumerable<string> Keys => _entries.Keys;

    /// <summary>Notes that a field is wrong, at its place. Said once a field: what was already refused is not judged again.</summary>
    public void Refuse(string key, string message, string? expected = null)
    {
        if (_refused.Add(key))
        {
            YamlNode? value = _entries.TryGetValue(key, out YamlEntry entry) ? entry.Value : null;
            string? found = value is { Kind: YamlKind.Scalar, IsNull: false } && !SecretFields.IsSecret(key) ? value.Text : null;
            Diagnostics.Error(PositionOf(key), message, found, expected);
        }
    }

    /// <summary>Notes that a field has another shape than it must have, at its place. What stands there is not shown: it may belong to another field.</summary>
    public void RefuseShape(string key, string message, string expected)
    {
        if (_refused.Add(key))
        {
            Diagnostics.Error(PositionOf(key), message, expected: expected);
        }
    }

    /// <summary>Notes that the section as a whole is wrong, unless one of its fields was refused already: the one may follow from the other.</summary>
    public void Refuse(string message)
    {
        if (_refused.Count == 0)
        {
            Diagnostics.Error(Position, message);
        }
    }

    /// <summary>Notes a warning at the place of a field.</summary>
    public void Warn(string key, string message) => Diagnostics.Warn(PositionOf(key), message);

    /// <summary>A text; any scalar is one.</summary>
    public string String(string key, string absent = "", bool always = false)
    {
        string value = Scalar(key, absent, "", "string", "a text", static (YamlNode n, out string v) => (v = n.Text) is not null);
        Record(key, CanonicalScalar.OfText(value), always);
        return value;
    }

    /// <summary>A text that never shows.</summary>
    public Secret Secret(string key)
    {
        var value = new Secret(Scalar(key, "", "", "config.Secret", "a text", static (YamlNode n, out string v) => (v = n.Text) is not null));
        Record(key, CanonicalScalar.OfSecret(value));
        return value;
    }

    /// <summary>A path; a relative one is resolved against the folder of the file.</summary>
    /// <param name="key">The field.</param>
    /// <param name="isOutput">The file is written, not read.</param>
    public string Path(string key, bool isOutput = false)
    {
        string value = Diagnostics.Resolve(Scalar(key, "", "", "string", "a path", static (YamlNode n, out string v) => (v = n.Text) is not null));
        Record(key, CanonicalScalar.OfText(value));
        if (value.Length > 0 && !isOutput)
        {
            Diagnostics.NeedFile(PositionOf(key), value);
        }

        return value;
    }

    /// <summary>A truth value.</summary>
    public bool Bool(string key, bool absent = false, bool always = false)
    {
        bool value = Scalar(key, absent, false, "bool", "true or false", static (YamlNode n, out bool v) => YamlScalar.TryBool(n, out v));
        Record(key, CanonicalScalar.OfLiteral(value ? "true" : "false"), always);
        return value;
    }

    /// <summary>A truth value that may be left to another place: absent or null, it is <paramref name="inherited"/>, and shown even when false.</summary>
    public bool InheritedBool(string key, bool inherited)
    {
        bool value = Scalar(key, inherited, inherited, "bool", "true or false", static (YamlNode n, out bool v) => YamlScalar.TryBool(n, out v));
        Record(key, CanonicalScalar.OfLiteral(value ? "true" : "false"), always: true);
        return value;
    }

    /// <summary>A whole number.</summary>
    public int Int(string key, int absent = 0, bool always = false)
    {
        int value = (int)Whole(key, absent, int.MinValue, int.MaxValue, "int", "a whole number");
        Record(key, CanonicalScalar.OfLiteral(value.ToString(CultureInfo.InvariantCulture)), always);
        return value;
    }

    /// <summary>A whole number that is not negative; with <paramref name="zeroMeansAbsent"/>, 0 means the default.</summary>
    public long Count(string key, long absent = 0, bool zeroMeansAbsent = false)
    {
        long value = (long)Whole(key, absent, 0, long.MaxValue, "uint", "a whole number that is not negative");
        value = value == 0 && zeroMeansAbsent ? absent : value;
        Record(key, CanonicalScalar.OfLiteral(value.ToString(CultureInfo.InvariantCulture)));
        return value;
    }

    /// <summary>A number.</summary>
    public double Double(string key, double absent = 0)
    {
        double value = Scalar(key, absent, 0, "float64", "a number", static (YamlNode n, out double v) => YamlScalar.TryFloat(n, out v));
        Record(key, CanonicalScalar.OfLiteral(FormatDouble(value)));
        return value;
    }

    /// <summary>A duration as <c>1h30m</c>; with <paramref name="zeroMeansAbsent"/>, 0 means the default.</summary>
    public TimeSpan Duration(string key, TimeSpan absent = default, bool zeroMeansAbsent = false, bool always = false)
    {
        TimeSpan value = Parse(key, absent, default, static text => PrometheusDuration.Parse(text), "a duration such as 30s or 1h30m");
        value = value == TimeSpan.Zero && zeroMeansAbsent ? absent : value;
        if (value != TimeSpan.Zero || always)
        {
            Record(key, CanonicalScalar.OfText(PrometheusDuration.Format(value)), always);
        }

        return value;
    }

    /// <summary>A number of bytes as <c>15MB</c> or <c>1GiB</c>, all multipliers being powers of 1024; with <paramref name="zeroMeansAbsent"/>, 0 means the default.</summary>
    public long Size(string key, long absent = 0, bool zeroMeansAbsent = false)
    {
        long value = Parse(key, absent, 0, static text => Base2Bytes.Parse(text), "a size such as 512KB, 15MB or 1GiB");
        value = value == 0 && zeroMeansAbsent ? absent : value;
        if (value != 0)
        {
            Record(key, CanonicalScalar.OfText(Base2Bytes.Format(value)));
        }

        return value;
    }

    /// <summary>One of a few words.</summary>
    /// <param name="key">The field.</param>
    /// <param name="absent">The word when the field is absent; may be none of the choices.</param>
    /// <param name="message">Upstream's message about a word that is none of them.</param>
    /// <param name="choices">The words.</param>
    public string Choice(string key, string absent, Func<string, string> message, params ReadOnlySpan<string> choices)
    {
        string value = String(key, absent);
        if ((value.Length > 0 || Has(key)) && choices.IndexOf(value) < 0)
        {
            Refuse(key, message(value), "one of " + string.Join(", ", choices!));
        }

        return value;
    }

    /// <summary>A scalar with a syntax of its own. The caller records it unless the default records do.</summary>
    /// <param name="key">The field.</param>
    /// <param name="absent">The value of an absent field.</param>
    /// <param name="zero">The value of a field that is null.</param>
    /// <param name="parse">Throws <see cref="FormatException"/> with upstream's message.</param>
    /// <param name="expected">What would be right.</param>
    public T Parse<T>(string key, T absent, T zero, Func<string, T> parse, string? expected)
    {
        YamlNode? node = Take(key);
        if (node is null || node.IsNull)
        {
            return node is null ? absent : zero;
        }

        if (node.Kind != YamlKind.Scalar)
        {
            Refuse(key, $"cannot unmarshal {YamlScalar.ResolveTag(node)} into string", expected);
            return absent;
        }

        try
        {
            return parse(node.Text);
        }
        catch (FormatException e)
        {
            Refuse(key, e.Message, expected);
            return absent;
        }
    }

    /// <summary>Asks for a field; the caller judges it.</summary>
    public YamlNode? Take(string key)
    {
        _known.Add(key);
        return _entries.TryGetValue(key, out YamlEntry entry) ? entry.Value : null;
    }

    /// <summary>Notes a field as it is in effect; one that says nothing is left out unless it is always shown.</summary>
    public void Record(string key, CanonicalNode value, bool always = false)
    {
        if (always || !value.IsEmpty)
        {
            Canonical.Add(key, value);
        }
    }

    // As Go prints it, in YAML's words.
    private static string FormatDouble(double value) => value switch
    {
        double.PositiveInfinity => ".inf",
        double.NegativeInfinity => "-.inf",
        _ when double.IsNaN(value) => ".nan",
        _ => FloatWriter.ToGeneralString(value),
    };

    private Int128 Whole(string key, long absent, Int128 min, Int128 max, string goType, string expected) =>
        Scalar(key, (Int128)absent, 0, goType, expected, (YamlNode n, out Int128 v) => YamlScalar.TryInteger(n, out v) && v >= min && v <= max);

    private T Scalar<T>(string key, T absent, T zero, string goType, string expected, TryRead<T> tryRead)
    {
        YamlNode? node = Take(key);
        if (node is null || node.IsNull)
        {
            return node is null ? absent : zero;
        }

        if (node.Kind == YamlKind.Scalar && tryRead(node, out T value))
        {
            return value;
        }

        string shown = node.Kind != YamlKind.Scalar || SecretFields.IsSecret(key) ? "" : $" `{ConfigText.Shorten(node.Text)}`";
        Refuse(key, $"cannot unmarshal {YamlScalar.ResolveTag(node)}{shown} into {goType}", expected);
        return absent;
    }

    private void Open(YamlNode node)
    {
        foreach (YamlEntry entry in node.Entries)
        {
            if (entry.Key.Kind != YamlKind.Scalar)
            {
                Diagnostics.Error(entry.Key.Position, $"cannot unmarshal {YamlScalar.ResolveTag(entry.Key)} into string", expected: "the name of a field");
            }
            else if (!_entries.TryAdd(entry.Key.Text, entry))
            {
                Diagnostics.Error(entry.Key.Position, $"field {entry.Key.Text} already set in type {_type}", entry.Key.Text, "each field once");
            }
        }
    }

    private void RefuseUnknown()
    {
        foreach ((string key, YamlEntry entry) in _entries)
        {
            if (!_known.Contains(key))
            {
                _refused.Add(key);
                Diagnostics.Error(entry.Key.Position, $"field {ConfigText.Shorten(key)} not found in type {_type}", key, NearestName.Describe(key, _known));
            }
        }
    }

    private delegate bool TryRead<T>(YamlNode node, out T value);
}
