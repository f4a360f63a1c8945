// NumPy's default generator, number for number: the same seed draws the same points and the same weights here and in
// the kernel. PCG64 with its XSL-RR output (O'Neill 2014), seeded by NumPy's SeedSequence; normals by the ziggurat of
// Marsaglia and Tsang (2000) with 256 layers. A state of 128 bits is held as eight limbs of 16, lowest first.

const MULTIPLIER = limbs("2360ed051fc65da44385df649fccf645");
const TAIL = 3.6541528853610088, AREA = 0.004928673233974658;  // where the ziggurat's lowest layer ends; of each layer

function limbs(hex) {
    return Float64Array.from({length: 8}, (_, i) => parseInt(hex.slice(28 - 4 * i, 32 - 4 * i), 16));
}

// Eight 32-bit words from a seed of up to four, as SeedSequence(seed).generate_state(8) gives them.
function seedWords(seed) {
    let hash = 0x43b0d7e5;
    const fold = v => (v ^ v >>> 16) >>> 0;
    const spread = (value, factor) => {
        value ^= hash;
        hash = Math.imul(hash, factor);
        return fold(Math.imul(value, hash));
    };
    const pool = [0, 1, 2, 3].map(i => spread(seed[i] ?? 0, 0x931e8875));
    for (let from = 0; from < 4; from++)
        for (let to = 0; to < 4; to++)
            if (from !== to)
                pool[to] = fold(Math.imul(0xca01f9dd, pool[to]) - Math.imul(0x4973f715, spread(pool[from], 0x931e8875)));
    hash = 0x8b51f9dd;
    return Array.from({length: 8}, (_, i) => spread(pool[i % 4], 0x58f38ded));
}

const ziggurat = (() => {
    const width = new Float64Array(256), inside = new Float64Array(256), height = new Float64Array(256);
    const scale = 2 ** 52, density = x => Math.exp(-0.5 * x * x);
    let edge = TAIL, above = TAIL;
    const base = AREA / density(TAIL);
    inside[0] = Math.floor(TAIL / base * scale);
    width[0] = base / scale;
    width[255] = TAIL / scale;
    height[0] = 1;
    height[255] = density(TAIL);
    for (let i = 254; i > 0; i--) {
        edge = Math.sqrt(-2 * Math.log(AREA / edge + density(edge)));
        inside[i + 1] = Math.floor(edge / above * scale);
        above = edge;
        height[i] = density(edge);
        width[i] = edge / scale;
    }
    return {width, inside, height};
})();

class Generator {
    constructor(...seed) {
        const words = seedWords(seed);
        const wide = order => order.flatMap(i => [words[i] & 0xffff, words[i] >>> 16]);
        const start = wide([2, 3, 0, 1]), stream = wide([6, 7, 4, 5]);
        this.odd = Float64Array.from(stream, (v, i) => (v << 1 | (i ? stream[i - 1] >>> 15 : 1)) & 65535);
        this.state = new Float64Array(8);
        this.other = new Float64Array(8);
        this.half = null;  // the upper half of a word of which the lower has been used
        this.turn();
        let carry = 0;
        this.state = this.state.map((v, i) => {
            const sum = v + start[i] + carry;
            carry = sum >>> 16;
            return sum & 0xffff;
        });
        this.turn();
    }

    turn() {  // state ← state · MULTIPLIER + odd, modulo 2^128
        const s = this.state, made = this.other, odd = this.odd;
        let carry = 0;
        for (let i = 0; i < 8; i++) {
            let sum = carry + odd[i];
            for (let j = 0; j <= i; j++) sum += s[j] * MULTIPLIER[i - j];
            made[i] = sum & 65535;
            carry = (sum - made[i]) / 65536;
        }
        this.other = s;
        this.state = made;
    }

    next() {  // the next 64 bits, in this.high and this.low
        this.turn();
        const s = this.state, by = s[7] >>> 10;
        let high = (s[7] ^ s[3]) << 16 | s[6] ^ s[2], low = (s[5] ^ s[1]) << 16 | s[4] ^ s[0];
        if (by & 32) [high, low] = [low, high];
        const n = by & 31;
        if (n) [high, low] = [high >>> n | low << 32 - n, low >>> n | high << 32 - n];
        this.high = high >>> 0;
        this.low = low >>> 0;
    }

    random() {  // in [0, 1)
        this.next();
        return (this.high * 2097152 + (this.low >>> 11)) / 9007199254740992;
    }

    uniform(low, high) { return low + (high - low) * this.random(); }

    normal(mean = 0, deviation = 1) { return mean + deviation * this.standard(); }

    standard() {
        for (;;) {
            this.next();
            const layer = this.low & 255, sign = this.low & 256 ? -1 : 1;
            const steps = (this.high & 0x1fffffff) * 8388608 + (this.low >>> 9), tail = this.low >>> 17 & 1 ? -1 : 1;
            const x = steps * ziggurat.width[layer];
            if (steps < ziggurat.inside[layer]) return sign * x;
            if (layer) {
                const under = ziggurat.height[layer];
                if ((ziggurat.height[layer - 1] - under) * this.random() + under < Math.exp(-0.5 * x * x)) return sign * x;
                continue;
            }
            for (;;) {
                const beyond = -Math.log1p(-this.random()) / TAIL, y = -Math.log1p(-this.random());
                if (2 * y > beyond * beyond) return tail * (TAIL + beyond);
            }
        }
    }

    word() {  // 32 bits
        if (this.half !== null) {
            const kept = this.half;
            this.half = null;
            return kept;
        }
        this.next();
        this.half = this.high;
        return this.low;
    }

    below(n) {  // an integer from 0 to n − 1, each as likely as the others
        const mask = 2 ** (32 - Math.clz32(n - 1)) - 1;
        for (;;) {
            const word = (this.word() & mask) >>> 0;
            if (word < n) return word;
        }
    }

    permutation(n) {
        const order = Int32Array.from({length: n}, (_, i) => i);
        for (let i = n - 1; i > 0; i--) {
            const j = this.below(i + 1);
            [order[i], order[j]] = [order[j], order[i]];
        }
        return order;
    }
}
