package discreet.natives;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads the symbols that a shared library exports, from its dynamic symbol table (ELF, 64 bits, little
 * endian: Linux on x86-64 and on ARM).
 */
final class ElfExports {
    private static final int SECTION_TABLE = 0x28;
    private static final int SECTION_SIZE = 0x3A;
    private static final int SECTIONS = 0x3C;
    private static final int DYNAMIC_SYMBOLS = 11;
    private static final int SYMBOL_SIZE = 24;
    private static final int LOCAL = 0;
    private static final int UNDEFINED = 0;

    private ElfExports() {}

    /** Returns the names of the functions and data that other libraries can refer to or replace. */
    static SortedSet<String> of(byte[] library) {
        ByteBuffer elf = ByteBuffer.wrap(library).order(ByteOrder.LITTLE_ENDIAN);
        int table = Math.toIntExact(elf.getLong(SECTION_TABLE));
        SortedSet<String> names = new TreeSet<>();
        for (int i = 0; i < elf.getShort(SECTIONS); i++) {
            int section = table + i * elf.getShort(SECTION_SIZE);
            if (elf.getInt(section + 4) == DYNAMIC_SYMBOLS) {
                int strings = table + elf.getInt(section + 0x28) * elf.getShort(SECTION_SIZE);
                addNames(elf, section, offset(elf, strings), names);
            }
        }
        return names;
    }

    private static void addNames(ByteBuffer elf, int section, int strings, SortedSet<String> names) {
        int start = offset(elf, section);
        int end = start + Math.toIntExact(elf.getLong(section + 0x20));
        for (int symbol = start; symbol < end; symbol += SYMBOL_SIZE) {
            if (elf.get(symbol + 4) >>> 4 != LOCAL && elf.getShort(symbol + 6) != UNDEFINED) {
                int name = strings + elf.getInt(symbol);
                int zero = name;
                while (elf.get(zero) != 0) {
                    zero++;
                }
                names.add(new String(elf.array(), name, zero - name, US_ASCII));
            }
        }
    }

    private static int offset(ByteBuffer elf, int section) {
        return Math.toIntExact(elf.getLong(section + 0x18));
    }
}
