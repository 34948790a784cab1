using System.Text;
using Pharos.Alerting.Persistence;
using Pharos.Testing;

namespace Pharos.Alerting.Tests.Persistence;

public sealed class RecordLogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder.File("deep/log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_read_again_in_its_order()
    {
        await WriteAsync("one", "two", "three");
        Assert.Equal(["one", "two", "three"], Read(out long cut));
        Assert.Equal(0, cut);
    }

    [Fact]
    public async Task A_torn_tail_is_cut_at_every_byte_and_what_is_before_it_stays()
    {
        await WriteAsync("one", "two");
        byte[] whole = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        const int SecondRecord = 8 + 8 + 3;
        for (int length = SecondRecord; length < whole.Length; length++)
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length], TestContext.Current.CancellationToken);
            Assert.Equal(["one"], Read(out long cut));
            Assert.Equal(length - SecondRecord, cut);
        }
    }

    [Fact]
    public async Task A_flipped_bit_cuts_there()
    {
        await WriteAsync("one", "two", "three");
        byte[] bytes = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        bytes[8 + 8 + 3 + 8] ^= 1;
        await System.IO.File.WriteAllBytesAsync(File, bytes, TestContext.Current.CancellationToken);
        Assert.Equal(["one"], Read(out long cut));
        Assert.Equal(8 + 3 + 8 + 5, cut);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PHR")]
    [InlineData("something else altogether")]
    public async Task A_file_without_the_head_begins_anew(string content)
    {
        _folder.Write("deep/log", content);
        Assert.Empty(Read(out long cut));
        Assert.Equal(content.Length, cut);
        await WriteAsync("one");
        Assert.Equal(["one"], Read(out _));
    }

    [Fact]
    public async Task After_a_cut_what_is_appended_is_read_again()
    {
        await WriteAsync("one", "two");
        await System.IO.File.AppendAllTextAsync(File, "torn", TestContext.Current.CancellationToken);
        await WriteAsync("three");
        Assert.Equal(["one", "two", "three"], Read(out _));
    }

    [Fact]
    public async Task A_replacement_stands_for_all_before_it_and_appends_come_after()
    {
        using (RecordLog log = RecordLog.Open(File, static _ => { }, out _))
        {
            await log.AppendAsync("old"u8);
            await log.ReplaceAsync(static () => ["kept"u8.ToArray()], TestContext.Current.CancellationToken);
            await log.AppendAsync("new"u8);
            Assert.Equal(new FileInfo(File).Length, log.Length);
        }

        Assert.Equal(["kept", "new"], Read(out _));
    }

    [Fact]
    public async Task Many_at_once_are_all_kept()
    {
        using (RecordLog log = RecordLog.Open(File, static _ => { }, out _))
        {
            await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => log.AppendAsync(Encoding.UTF8.GetBytes($"{i}")))));
        }

        Assert.Equal(Enumerable.Range(0, 1000), Read(out _).Select(int.Parse).Order());
    }

    private async Task WriteAsync(params string[] records)
    {
        using RecordLog log = RecordLog.Open(File, static _ => { }, out _);
        foreach (string record in records)
        {
            await log.AppendAsync(Encoding.UTF8.GetBytes(record));
        }
    }

    private List<string> Read(out long cut)
    {
        var records = new List<string>();
        using RecordLog log = RecordLog.Open(File, record => records.Add(Encoding.UTF8.GetString(record)), out cut);
        return records;
    }
}
