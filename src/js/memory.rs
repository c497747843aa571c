//! Memory for JavaScript hosts. A call makes a hundred small things and drops them all, so each size has a list of places that are
//! free: to take one and to give it back are a few instructions, and all of it is a few hundred bytes to download, where the
//! allocator of the standard library searches, and has 7 kB.
//!
//! Small sizes are told apart by 16 bytes, large ones by powers of two. A place is kept for the next of its size, never given back:
//! an instance holds what its largest call needed. WebAssembly as we build it has one thread.
#![expect(
    unsafe_code,
    reason = "an allocator can be told to the compiler in no other way; all of it stands here"
)]

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::memory_grow;
use core::cell::Cell;
use core::ptr::{NonNull, copy_nonoverlapping, null_mut};

/// Small sizes are counted in so many bytes; every place is aligned to them.
const GRAIN: usize = 16;
/// The largest of the small sizes.
const SMALL: usize = 512;
const SMALL_LISTS: usize = SMALL / GRAIN;
/// The larger ones are powers of two, up to 2 GiB.
const LISTS: usize = SMALL_LISTS + 22;
/// What memory grows by.
const PAGE: usize = 64 * 1024;

/// A place that is free, and the next one.
struct Free(Option<NonNull<Free>>);

struct Memory {
    lists: [Cell<Option<NonNull<Free>>>; LISTS],
    /// What was grown and never used: where it begins, and how long it is.
    fresh: Cell<(*mut u8, usize)>,
}

#[cfg(target_feature = "atomics")]
compile_error!("the memory is for one thread");

// SAFETY: there is one thread.
unsafe impl Sync for Memory {}

#[global_allocator]
static MEMORY: Memory = Memory {
    lists: [const { Cell::new(None) }; LISTS],
    fresh: Cell::new((null_mut(), 0)),
};

/// The list of the places for so many bytes, and how large each is.
const fn class(size: usize) -> (usize, usize) {
    if size <= SMALL {
        let list = size.saturating_sub(1) / GRAIN;
        (list, (list + 1) * GRAIN)
    } else {
        let power = usize::BITS - (size - 1).leading_zeros();
        (SMALL_LISTS + power as usize - 10, 1 << power)
    }
}

impl Memory {
    /// A place that was never used.
    fn cut(&self, size: usize) -> *mut u8 {
        let (mut start, mut left) = self.fresh.get();
        if left < size {
            let pages = size.div_ceil(PAGE);
            let before = memory_grow::<0>(pages);
            if before == usize::MAX {
                return null_mut();
            }
            let grown = (before * PAGE) as *mut u8;
            // What was left goes on into what is new, where nobody else grew between.
            if start.wrapping_add(left) != grown {
                (start, left) = (grown, 0);
            }
            left += pages * PAGE;
        }
        // SAFETY: there is that much left.
        self.fresh.set((unsafe { start.add(size) }, left - size));
        start
    }
}

// SAFETY: a place is in one list or in use, never both; it is as large as its list says, and aligned to the grain.
unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let (list, size) = class(layout.size());
        let Some(list) = self.lists.get(list).filter(|_| layout.align() <= GRAIN) else {
            return null_mut();
        };
        match list.get() {
            Some(free) => {
                // SAFETY: what stands in a list was written by `dealloc`.
                list.set(unsafe { free.as_ref() }.0);
                free.as_ptr().cast()
            }
            None => self.cut(size),
        }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        let (list, _) = class(layout.size());
        if let (Some(list), Some(free)) = (self.lists.get(list), NonNull::new(place.cast::<Free>()))
        {
            // SAFETY: every place has room for a pointer, and nobody uses this one any more.
            unsafe { free.write(Free(list.get())) };
            list.set(Some(free));
        }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if class(layout.size()) == class(size) {
            return place;
        }
        // SAFETY: as the caller promised; the two do not overlap, and each has the length that is copied.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                copy_nonoverlapping(place, moved, layout.size().min(size));
                self.dealloc(place, layout);
            }
            moved
        }
    }
}
