using Pharos.Core.Hashing;

namespace Pharos.Core.Tests.Hashing;

public class Crc32CTests
{
    [Fact]
    public void Known_checksums_hold()
    {
        Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0u, Crc32C.Compute([]));
    }

    [Fact]
    public void Parts_give_the_checksum_of_the_whole()
    {
        byte[] data = new byte[100];
        new Random(1).NextBytes(data);
        for (int cut = 0; cut <= data.Length; cut++)
        {
            Assert.Equal(Crc32C.Compute(data), Crc32C.Append(Crc32C.Compute(data.AsSpan(0, cut)), data.AsSpan(cut)));
        }
    }
}
