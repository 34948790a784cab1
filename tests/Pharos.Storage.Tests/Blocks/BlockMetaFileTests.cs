using System.Text;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Blocks;

public sealed class BlockMetaFileTests
{
    // The layout of a file that upstream's compactor wrote.
    private const string Upstreams = """
        {
        	"ulid": "01BKGV7JBM69T2G1BGBGM6KB12",
        	"minTime": 1700000000000,
        	"maxTime": 1700007200000,
        	"stats": {
        		"numSamples": 12,
        		"numFloatSamples": 10,
        		"numHistogramSamples": 2,
        		"numSeries": 3,
        		"numChunks": 4
        	},
        	"compaction": {
        		"level": 2,
        		"sources": [
        			"01BKGTZQ1SYQJTR4PB43C8PD98",
        			"01BKGTZQ1ZP8SSHN0RV4SG2QX7"
        		],
        		"parents": [
        			{
        				"ulid": "01BKGTZQ1SYQJTR4PB43C8PD98",
        				"minTime": 1700000000000,
        				"maxTime": 1700003600000
        			}
        		],
        		"hints": [
        			"from-out-of-order"
        		]
        	},
        	"version": 1
        }
        """;

    [Fact]
    public void What_upstream_wrote_is_read_and_written_byte_for_byte()
    {
        BlockMeta meta = BlockMetaFile.Parse("meta.json", Encoding.UTF8.GetBytes(Upstreams));
        using var written = new MemoryStream();
        BlockMetaFile.Write(written, meta);

        Assert.Equal(Upstreams, Encoding.UTF8.GetString(written.ToArray()));
        Assert.Equal("01BKGV7JBM69T2G1BGBGM6KB12", meta.Ulid.ToString());
        Assert.Equal(12, meta.Stats.Samples);
        Assert.Equal(2, meta.Level);
        Assert.Equal(2, meta.Sources.Count);
        Assert.Equal([BlockMeta.FromOutOfOrder], meta.Hints);
        Assert.False(meta.IsDeletable);
        Assert.False(meta.HasFailed);
    }

    [Fact]
    public void A_file_is_replaced_whole()
    {
        using var folder = new TempFolder();
        BlockMeta meta = BlockMetaFile.Parse("meta.json", Encoding.UTF8.GetBytes(Upstreams));
        BlockMetaFile.Write(DiskFiles.Instance, folder.Path, meta);
        BlockMetaFile.Write(DiskFiles.Instance, folder.Path, meta with { HasFailed = true, IsDeletable = true });

        BlockMeta read = BlockMetaFile.Read(folder.Path);
        Assert.True(read.HasFailed);
        Assert.True(read.IsDeletable);
        Assert.Equal(["meta.json"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("", "not a block's description")]
    [InlineData("[]", "not a block's description")]
    [InlineData("{\"version\":1}", "not a block's description")]
    [InlineData("{\"version\":2}", "unexpected meta file version 2")]
    [InlineData("{\"version\":1,\"ulid\":\"x\",\"compaction\":{}}", "\"x\" is not the name of a block")]
    [InlineData("{\"version\":1,\"ulid\":\"01BKGV7JBM69T2G1BGBGM6KB12\",\"minTime\":1e40,\"maxTime\":1,\"compaction\":{}}", "not a block's description")]
    public void Anything_else_is_refused_with_the_file_s_name(string text, string expected)
    {
        CorruptionException e = Assert.Throws<CorruptionException>(() => BlockMetaFile.Parse("the/meta.json", Encoding.UTF8.GetBytes(text)));
        Assert.Equal("the/meta.json", e.File);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }
}
