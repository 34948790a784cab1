using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Tests.Wal;

public sealed class AnnotationRecordTests
{
    // Written by upstream's encoder for reference 7 at 1000 and 1001, values 1 and 2.5, label a="b" and none.
    private static readonly byte[] Exemplars =
    [
        4, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 3, 0xe8,
        0, 0, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 1, 1, (byte)'a', 1, (byte)'b',
        2, 2, 0x40, 4, 0, 0, 0, 0, 0, 0, 0,
    ];

    private static readonly byte[] Metadata =
    [
        6, 0x90, 0x4e, 1, 2, 4, (byte)'U', (byte)'N', (byte)'I', (byte)'T', 1, (byte)'s', 4, (byte)'H', (byte)'E', (byte)'L', (byte)'P', 2, (byte)'h', (byte)'i',
    ];

    private static readonly SeriesExemplar[] TwoExemplars =
    [
        new(new SeriesRef(7), new Exemplar(Labels.Of("a", "b"), 1, 1000, HasTimestamp: false)),
        new(new SeriesRef(8), new Exemplar(Labels.Empty, 2.5, 1001, HasTimestamp: false)),
    ];

    [Fact]
    public void Exemplars_are_written_byte_for_byte_as_upstream_does()
    {
        var buffer = new RecordBuffer();
        ExemplarRecord.Encode(TwoExemplars, buffer);
        Assert.Equal(Exemplars, buffer.Written.ToArray());
    }

    [Fact]
    public void Exemplars_come_back()
    {
        var read = new List<SeriesExemplar>();
        Assert.True(ExemplarRecord.TryDecode(Exemplars, read));
        Assert.Equal(TwoExemplars, read);
    }

    [Fact]
    public void Metadata_is_written_byte_for_byte_as_upstream_does()
    {
        var buffer = new RecordBuffer();
        MetadataRecord.Encode([new SeriesMetadata(new SeriesRef(10_000), MetricType.Counter, "s", "hi")], buffer);
        Assert.Equal(Metadata, buffer.Written.ToArray());
    }

    [Fact]
    public void Metadata_comes_back_and_fields_of_other_names_are_passed_over()
    {
        byte[] withAnother = [.. Metadata[..3], Metadata[3], 3, 1, (byte)'X', 2, 0, 0, .. Metadata[5..]];
        foreach (byte[] record in new[] { Metadata, withAnother })
        {
            var read = new List<SeriesMetadata>();
            Assert.True(MetadataRecord.TryDecode(record, read));
            Assert.Equal([new SeriesMetadata(new SeriesRef(10_000), MetricType.Counter, "s", "hi")], read);
        }
    }

    [Fact]
    public void A_type_that_is_not_known_is_none()
    {
        byte[] record = [.. Metadata];
        record[3] = 200;
        var read = new List<SeriesMetadata>();
        Assert.True(MetadataRecord.TryDecode(record, read));
        Assert.Equal(MetricType.Unknown, read[0].Type);
    }

    [Fact]
    public void A_record_that_ends_inside_a_field_is_refused()
    {
        for (int length = 2; length < Exemplars.Length; length++)
        {
            // The first exemplar is whole at one length.
            Assert.Equal(length == 32, ExemplarRecord.TryDecode(Exemplars.AsSpan(0, length), []) && length != 17);
        }

        for (int length = 2; length < Metadata.Length; length++)
        {
            Assert.False(MetadataRecord.TryDecode(Metadata.AsSpan(0, length), []));
        }
    }

    [Fact]
    public void Any_bytes_are_read_without_a_fault()
    {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. i % 2 == 0 ? Exemplars : Metadata];
            for (int flips = random.Next(4); flips >= 0; flips--)
            {
                bytes[random.Next(1, bytes.Length)] = (byte)random.Next(256);
            }

            ExemplarRecord.TryDecode(bytes, []);
            MetadataRecord.TryDecode(bytes, []);
        }
    }
}
