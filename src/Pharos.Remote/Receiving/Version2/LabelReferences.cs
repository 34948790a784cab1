using System.Text;
using System.Text.Unicode;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Remote.Receiving.Version2;

/// <summary>Makes labels of references to symbols: as bytes, by which a series is found, and as an object, when it has to be made.</summary>
internal static class LabelReferences
{
    private static ReadOnlySpan<byte> TypeName => "__type__"u8;

    private static ReadOnlySpan<byte> UnitName => "__unit__"u8;

    /// <summary>What is wrong with the references, in upstream's words; null when each of them names a symbol.</summary>
    public static string? FindError(List<uint> references, SymbolIndex symbols)
    {
        if (references.Count % 2 != 0)
        {
            return $"invalid labelRefs length {references.Count}";
        }

        for (int i = 0; i < references.Count; i += 2)
        {
            if (!symbols.Has(references[i]) || !symbols.Has(references[i + 1]))
            {
                return $"labelRefs {references[i]} (name) = {references[i + 1]} (value) outside of symbols table (size {symbols.Count})";
            }
        }

        return null;
    }

    /// <summary>
    /// The label bytes, in the order in which they came. With type or unit, these stand behind them as labels, and what the sender said under their names is left out.
    /// </summary>
    public static void WriteBytes(ReadOnlySpan<byte> message, List<uint> references, SymbolIndex symbols, ReadOnlySpan<byte> type, ReadOnlySpan<byte> unit, LabelByteBuffer target)
    {
        target.Clear();
        bool replaces = !type.IsEmpty || !unit.IsEmpty;
        for (int i = 0; i < references.Count; i += 2)
        {
            ReadOnlySpan<byte> name = symbols.Get(message, references[i]);
            if (!replaces || !(name.SequenceEqual(TypeName) || name.SequenceEqual(UnitName)))
            {
                target.Add(name, symbols.Get(message, references[i + 1]));
            }
        }

        if (!type.IsEmpty)
        {
            target.Add(TypeName, type);
        }

        if (!unit.IsEmpty)
        {
            target.Add(UnitName, unit);
        }
    }

    /// <summary>The type as a label has it; empty where it is not one.</summary>
    public static byte[] TextOf(MetricType type) => type == MetricType.Unknown ? [] : Encoding.UTF8.GetBytes(type.ToText());

    /// <summary>The labels of an exemplar. Later ones of a name replace earlier ones, empty ones are left out.</summary>
    public static Labels Read(ReadOnlySpan<byte> message, List<uint> references, SymbolIndex symbols, LabelsBuilder builder)
    {
        builder.Reset();
        for (int i = 0; i < references.Count; i += 2)
        {
            builder.Set(Encoding.UTF8.GetString(symbols.Get(message, references[i])), Encoding.UTF8.GetString(symbols.Get(message, references[i + 1])));
        }

        return builder.ToLabels();
    }

    /// <summary>Whether names and values are UTF-8.</summary>
    public static bool AreTexts(ReadOnlySpan<byte> message, List<uint> references, SymbolIndex symbols)
    {
        for (int i = 0; i < references.Count; i += 2)
        {
            if (!LabelName.IsUtf8(symbols.Get(message, references[i])) || !Utf8.IsValid(symbols.Get(message, references[i + 1])))
            {
                return false;
            }
        }

        return true;
    }
}
