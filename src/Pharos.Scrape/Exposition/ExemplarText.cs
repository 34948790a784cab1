using System.Text;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Exposition;

/// <summary>Makes labels of the exemplar's text that a reader accepted.</summary>
internal static class ExemplarText
{
    private const int MaxBytes = 4 * Exemplar.MaxLabelLength;

    /// <summary>
    /// The labels, values as they are spelled: upstream leaves escapes in them. Null when they are surely longer than an exemplar's may be.
    /// </summary>
    /// <param name="text">As <see cref="IExpositionReader.ExemplarLabels"/>.</param>
    /// <param name="builder">Reused.</param>
    /// <param name="names">Gives equal names the same string.</param>
    public static Labels? Decode(ReadOnlySpan<byte> text, LabelsBuilder builder, StringInterner names)
    {
        builder.Reset();
        int length = 0;
        var walk = new ExposedSeries(text);
        while (walk.Next())
        {
            if (walk.Value.IsEmpty)
            {
                continue;
            }

            length += walk.Name.Length + walk.Value.Length;
            if (length > MaxBytes)
            {
                return null;
            }

            builder.Set(names.Get(walk.Name), Encoding.UTF8.GetString(walk.Value));
        }

        return builder.ToLabels();
    }
}
